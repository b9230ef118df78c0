package dev.freshet.benchmarks.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The yardstick: a server that does nothing but the writes. Each published line goes to each
 * connection as one SSE event with one write and one flush. No log, no access, no resume.
 */
public final class BareNetty {
  private static final Map<io.netty.channel.EventLoop, Set<Channel>> STREAMS =
      new ConcurrentHashMap<>();

  private BareNetty() {}

  public static void main(String[] args) throws InterruptedException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(8 << 20),
                            new Handler());
                  }
                })
            .bind("127.0.0.1", Integer.parseInt(args[0]))
            .sync()
            .channel();
    System.out.println("listening");
    channel.closeFuture().sync();
  }

  private static final String HEAD =
      String.join(
              "\r\n",
              "HTTP/1.1 200 OK",
              "Content-Type: text/event-stream",
              "Connection: close",
              "",
              "")
          + "event: stream.live\nid: 0-0\ndata: {}\n\n";

  private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      if (request.uri().startsWith("/v1/stream")) {
        open(ctx);
        return;
      }
      request.content().toString(StandardCharsets.UTF_8).lines().forEach(Handler::broadcast);
      var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CREATED);
      response.headers().set("content-length", 0);
      var unused = ctx.writeAndFlush(response);
    }

    private static void open(ChannelHandlerContext ctx) {
      Channel channel = ctx.channel();
      while (channel.pipeline().last() != null) channel.pipeline().removeLast();
      var unused = channel.writeAndFlush(Unpooled.copiedBuffer(HEAD, StandardCharsets.US_ASCII));
      Set<Channel> streams =
          STREAMS.computeIfAbsent(channel.eventLoop(), loop -> ConcurrentHashMap.newKeySet());
      streams.add(channel);
      channel.closeFuture().addListener(closed -> streams.remove(channel));
    }

    private static void broadcast(String line) {
      byte[] frame =
          ("event: bench\nid: 0-0\ndata: " + line + "\n\n").getBytes(StandardCharsets.UTF_8);
      STREAMS.forEach((loop, streams) -> loop.execute(() -> write(frame, streams)));
    }

    private static void write(byte[] frame, Set<Channel> streams) {
      ByteBuf shared = Unpooled.directBuffer(frame.length).writeBytes(frame);
      for (Channel stream : streams) {
        if (!stream.isWritable()) continue;
        var unused = stream.writeAndFlush(shared.retainedDuplicate(), stream.voidPromise());
      }
      shared.release();
    }
  }
}
