package dev.freshet.server.http;

import dev.freshet.server.config.Config;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens, and answers HTTP/1.1. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing depends on when they have ended
public final class HttpServer implements AutoCloseable {
  private final Front front;
  private final Transport transport;
  private final Channel listening;
  private final AtomicInteger connections;

  private HttpServer(
      Front front, Transport transport, Channel listening, AtomicInteger connections) {
    this.front = front;
    this.transport = transport;
    this.listening = listening;
    this.connections = connections;
  }

  /**
   * @throws IOException if the address cannot be listened on
   */
  public static HttpServer start(Config config, Exchange exchange, StreamOpener streams)
      throws IOException {
    Transport transport = Transport.start(config.http());
    Front front = new Front(config, exchange, streams);
    AtomicInteger connections = new AtomicInteger();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(transport.loops())
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, config.http().backlog())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new ConnectionSetup(front, connections));
    var bound = bootstrap.bind(config.host(), config.port()).awaitUninterruptibly();
    if (bound.isSuccess()) return new HttpServer(front, transport, bound.channel(), connections);
    transport.close();
    String remedy = "; stop what listens there, or choose another with --port";
    throw new IOException(
        "cannot listen on "
            + config.host()
            + ":"
            + config.port()
            + " ("
            + bound.cause().getMessage()
            + ")"
            + remedy,
        bound.cause());
  }

  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Every open connection, streams among them. */
  public int connections() {
    return connections.get();
  }

  public EventLoopGroup loops() {
    return transport.loops();
  }

  /**
   * Takes no more connections; closes those that are idle, and the others after their answer (R3).
   */
  public void drain() {
    listening.close().awaitUninterruptibly();
    front.drain();
  }

  /**
   * Waits until no request is being answered, at most until {@link System#nanoTime()} passes {@code
   * deadline}.
   */
  public void awaitIdle(long deadline) throws InterruptedException {
    while (!front.idle() && System.nanoTime() < deadline) TimeUnit.MILLISECONDS.sleep(10);
  }

  /** Closes what is still open, and the event loops. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    front.close();
    transport.close();
  }
}
