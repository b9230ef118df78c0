package dev.freshet.server.http;

import io.netty.channel.ChannelHandlerContext;

/** Makes a connection a stream. */
@FunctionalInterface
public interface StreamOpener {
  /**
   * Called on the channel's event loop; takes the HTTP handlers out of the pipeline and answers.
   */
  void open(ChannelHandlerContext ctx, OpenStream stream);
}
