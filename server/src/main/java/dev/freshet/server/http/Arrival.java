package dev.freshet.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands before the decoder and tells the connection that a request has begun to arrive. */
final class Arrival extends ChannelInboundHandlerAdapter {
  private final Connection connection;

  Arrival(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    connection.bytesArrived();
    ctx.fireChannelRead(bytes);
  }
}
