package dev.freshet.server.http;

import dev.freshet.server.config.Config;
import dev.freshet.server.config.HttpConfig;
import dev.freshet.server.config.LimitsConfig;
import dev.freshet.server.problem.HttpProblem;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections share. Thread-safe. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a channel that fails closes, and says so to exceptionCaught
final class Front {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final HttpConfig http;
  private final LimitsConfig limits;
  private final HeadCheck heads;
  private final BodyBudget budget;
  private final Exchange exchange;
  private final StreamOpener streams;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());

  /** The connections that are no streams. */
  private final Map<Channel, Connection> connections = new ConcurrentHashMap<>();

  private volatile boolean draining;

  Front(Config config, Exchange exchange, StreamOpener streams) {
    this.http = config.http();
    this.limits = config.limits();
    this.heads = new HeadCheck(limits);
    this.budget = new BodyBudget(limits.bodies().bytes());
    this.exchange = exchange;
    this.streams = streams;
  }

  HttpConfig http() {
    return http;
  }

  LimitsConfig limits() {
    return limits;
  }

  HeadCheck heads() {
    return heads;
  }

  BodyBudget budget() {
    return budget;
  }

  boolean draining() {
    return draining;
  }

  void opened(Channel channel, Connection connection) {
    connections.put(channel, connection);
  }

  void left(Channel channel) {
    connections.remove(channel);
  }

  Answer refuse(HttpProblem problem) {
    return exchange.refuse(problem);
  }

  /** Answers on a virtual thread and comes back to the connection's event loop. */
  void answer(Incoming request, ChannelHandlerContext ctx, Consumer<Outcome> answered) {
    HttpRequest head = request.head();
    RequestHead read =
        new RequestHead(
            head.method().name(), head.uri(), head.headers(), remoteAddress(ctx.channel()));
    byte[] body = request.body();
    try {
      workers.execute(() -> {
        Outcome outcome = exchange.answer(read, body);
        comeBack(ctx, outcome, answered);
      });
    } catch (RejectedExecutionException closed) {
      ctx.close();
    }
  }

  private static void comeBack(
      ChannelHandlerContext ctx, Outcome outcome, Consumer<Outcome> answered) {
    try {
      ctx.executor().execute(() -> answered.accept(outcome));
    } catch (RejectedExecutionException closed) {
      if (outcome instanceof OpenStream open) open.stream().discard();
    }
  }

  void open(ChannelHandlerContext ctx, OpenStream stream) {
    streams.open(ctx, stream);
  }

  /** Something went wrong on a connection; peers that vanish are no news. */
  void broken(Throwable cause) {
    if (cause instanceof IOException) LOG.debug("a connection broke: {}", cause.toString());
    else LOG.error("a connection failed", cause);
  }

  void drain() {
    draining = true;
    connections.forEach((channel, connection) ->
        channel
            .eventLoop()
            .execute(() -> {
              ChannelHandlerContext ctx = channel.pipeline().context(connection);
              if (ctx != null) connection.drain(ctx);
            }));
  }

  boolean idle() {
    return connections.isEmpty();
  }

  void close() {
    workers.shutdownNow();
    for (Channel channel : connections.keySet()) {
      channel.close();
    }
  }

  static String remoteAddress(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "unknown";
  }
}
