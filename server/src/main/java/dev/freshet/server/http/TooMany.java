package dev.freshet.server.http;

import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/** Tells a connection that it is one too many, and lets the peer read that. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a channel that fails closes, and says so to exceptionCaught
final class TooMany extends ChannelInboundHandlerAdapter {
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Front front;
  private final int limit;
  private final int count;
  private final Deadline deadline = new Deadline();

  TooMany(Front front, int limit, int count) {
    this.front = front;
    this.limit = limit;
    this.count = count;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    HttpProblem problem =
        HttpProblem.of(
                ErrorCode.TOO_MANY_CONNECTIONS,
                count
                    + " connections; the server takes at most "
                    + limit
                    + " (limits.connections); try again later")
            .bound(limit, count)
            .retryAfter(RETRY);
    ctx.writeAndFlush(Responses.of(front.refuse(problem), null, false));
    ((DuplexChannel) ctx.channel()).shutdownOutput();
    deadline.set(ctx, LINGER, ctx::close);
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
    ctx.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    front.broken(cause);
    ctx.close();
  }
}
