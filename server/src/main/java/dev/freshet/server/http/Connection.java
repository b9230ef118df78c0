package dev.freshet.server.http;

import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One connection, request after request: what is pipelined waits in the socket until the one before
 * it is answered. All fields belong to the channel's event loop; requests are answered on virtual
 * threads.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a channel that fails closes, and says so to exceptionCaught
final class Connection extends ChannelInboundHandlerAdapter {
  /** How long a peer has to read the last answer. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Front front;
  private final Deadline deadline = new Deadline();
  private @Nullable ChannelHandlerContext own;
  private Phase phase = Phase.IDLE;
  private boolean inputClosed;
  private @Nullable Incoming incoming;

  /** What came in one read with the request that is being answered. */
  private final Queue<Object> waiting = new ArrayDeque<>(0);

  Connection(Front front) {
    this.front = front;
  }

  /** What the connection is doing. */
  private enum Phase {
    /** Nothing has arrived since the last answer. */
    IDLE,
    HEAD,
    BODY,
    /** An answer is being made, or sent. */
    ANSWERING,
    /** What still arrives is thrown away, so that the peer gets to read the last answer. */
    LINGERING
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    own = ctx;
    front.opened(ctx.channel(), this);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    idle(ctx);
    readOn(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    front.left(ctx.channel());
    deadline.clear();
    release();
    discardWaiting();
  }

  private void discardWaiting() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  /** The first bytes of a request are here; from now on its head has to hurry. */
  void bytesArrived() {
    ChannelHandlerContext ctx = own;
    if (phase != Phase.IDLE || ctx == null) return;
    phase = Phase.HEAD;
    deadline.set(
        ctx, front.http().headerTimeout(), () -> late(ctx, "head", front.http().headerTimeout()));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (phase == Phase.ANSWERING) waiting.add(message);
    else take(ctx, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readOn(ctx);
  }

  /**
   * Asks for more, unless a request is being answered: what the peer sends meanwhile waits in the
   * socket.
   */
  private void readOn(ChannelHandlerContext ctx) {
    if (phase != Phase.ANSWERING && !inputClosed) ctx.read();
  }

  private void take(ChannelHandlerContext ctx, Object message) {
    try {
      if (phase != Phase.LINGERING) arrived(ctx, message);
    } catch (HttpProblem problem) {
      fail(ctx, problem);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void arrived(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest head) head(ctx, head);
    if (message instanceof HttpContent content && incoming != null) content(ctx, incoming, content);
  }

  private void head(ChannelHandlerContext ctx, HttpRequest head) {
    front.heads().check(head);
    Incoming arriving = new Incoming(head, front.limits().body().bytes(), front.budget());
    arriving.check();
    incoming = arriving;
    phase = Phase.BODY;
    deadline.set(
        ctx, front.http().bodyTimeout(), () -> late(ctx, "body", front.http().bodyTimeout()));
    if (HttpUtil.is100ContinueExpected(head)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void content(ChannelHandlerContext ctx, Incoming arriving, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      throw HttpProblem.of(ErrorCode.BAD_REQUEST, "the body is not well-formed HTTP/1.1");
    }
    arriving.add(content.content());
    if (!(content instanceof LastHttpContent)) return;
    deadline.clear();
    phase = Phase.ANSWERING;
    front.answer(arriving, ctx, outcome -> answered(ctx, arriving.head(), outcome));
  }

  private void answered(ChannelHandlerContext ctx, HttpRequest head, Outcome outcome) {
    release();
    if (!ctx.channel().isActive()) {
      if (outcome instanceof OpenStream gone) gone.stream().discard();
      return;
    }
    switch (outcome) {
      case Answer answer -> answered(ctx, head, answer);
      case OpenStream stream -> {
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, inputClosed);
        front.open(ctx, stream);
      }
    }
  }

  /**
   * The next request has to wait until the peer has taken this answer: one answer is all that is
   * held for it.
   */
  private void answered(ChannelHandlerContext ctx, HttpRequest head, Answer answer) {
    boolean keep = HttpUtil.isKeepAlive(head) && !front.draining();
    send(ctx, Responses.of(answer, head, keep), keep ? () -> next(ctx) : () -> linger(ctx));
  }

  private void send(ChannelHandlerContext ctx, FullHttpResponse response, Runnable sent) {
    deadline.set(ctx, front.http().bodyTimeout(), ctx::close);
    ctx.writeAndFlush(response)
        .addListener(written -> {
          if (written.isSuccess()) sent.run();
          else ctx.close();
        });
  }

  private void next(ChannelHandlerContext ctx) {
    idle(ctx);
    while (phase != Phase.ANSWERING && !waiting.isEmpty()) take(ctx, waiting.remove());
    if (inputClosed && phase == Phase.IDLE) ctx.close();
    readOn(ctx);
  }

  private void idle(ChannelHandlerContext ctx) {
    phase = Phase.IDLE;
    deadline.set(ctx, front.http().keepAlive(), ctx::close);
  }

  private void late(ChannelHandlerContext ctx, String part, Duration limit) {
    String detail =
        "the request's "
            + part
            + " was not complete after "
            + limit.toMillis()
            + " ms; send it faster";
    fail(ctx, HttpProblem.of(ErrorCode.REQUEST_TIMEOUT, detail));
  }

  private void fail(ChannelHandlerContext ctx, HttpProblem problem) {
    HttpRequest head = incoming == null ? null : incoming.head();
    release();
    phase = Phase.ANSWERING;
    send(ctx, Responses.of(front.refuse(problem), head, false), () -> linger(ctx));
  }

  private void linger(ChannelHandlerContext ctx) {
    phase = Phase.LINGERING;
    discardWaiting();
    deadline.set(ctx, LINGER, ctx::close);
    if (inputClosed) ctx.close();
    else ((DuplexChannel) ctx.channel()).shutdownOutput();
    readOn(ctx);
  }

  private void release() {
    if (incoming != null) incoming.release();
    incoming = null;
  }

  /** The server is shutting down: what is idle closes at once, what is at work after its answer. */
  void drain(ChannelHandlerContext ctx) {
    if (phase == Phase.IDLE) ctx.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    boolean shut =
        event instanceof ChannelInputShutdownEvent
            || event instanceof ChannelInputShutdownReadComplete;
    if (!shut) return;
    inputClosed = true;
    if (phase != Phase.ANSWERING) ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    front.broken(cause);
    ctx.close();
  }
}
