package dev.freshet.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.concurrent.atomic.AtomicInteger;

/** The handlers of a new connection, or the refusal of one too many (R1). */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a channel that fails closes, and says so to exceptionCaught
final class ConnectionSetup extends ChannelInitializer<Channel> {
  /**
   * So many connections past the limit are told why they are refused; those past that are just
   * closed.
   */
  private static final int TOLD = 1000;

  /** More requests than one read can hold: the codec need not count what the connection bounds. */
  private static final int MAX_PIPELINED = 1 << 20;

  private final Front front;
  private final AtomicInteger open;
  private final HttpDecoderConfig decoding;
  private final ChannelFutureListener closed;

  ConnectionSetup(Front front, AtomicInteger open) {
    this.front = front;
    this.open = open;
    this.closed = channel -> open.decrementAndGet();
    this.decoding =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(front.limits().url().toInt())
            .setMaxHeaderSize(front.limits().headers().toInt())
            .setInitialBufferSize(256);
  }

  @Override
  protected void initChannel(Channel channel) {
    int limit = front.limits().connections();
    int now = open.incrementAndGet();
    channel.closeFuture().addListener(closed);
    if (now > limit + TOLD) {
      channel.close();
    } else if (now > limit) {
      channel.pipeline().addLast(new HttpServerCodec(decoding), new TooMany(front, limit, now));
    } else {
      Connection connection = new Connection(front);
      channel
          .pipeline()
          .addLast(
              new Arrival(connection), new HttpServerCodec(decoding, MAX_PIPELINED), connection);
    }
  }
}
