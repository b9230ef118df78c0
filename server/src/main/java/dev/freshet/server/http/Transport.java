package dev.freshet.server.http;

import dev.freshet.server.config.ConfigException;
import dev.freshet.server.config.HttpConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Event loops and the sockets that they drive: epoll where it is there, NIO otherwise. */
@SuppressWarnings("FutureReturnValueIgnored") // nothing depends on when they have ended
record Transport(EventLoopGroup loops, Class<? extends ServerChannel> serverChannel)
    implements AutoCloseable {
  /** Above 0: without it a loop may end before the pass in which it closes its channels. */
  private static final long QUIET_MILLIS = 10;

  static Transport start(HttpConfig config) {
    boolean epoll = config.transport() != HttpConfig.Transport.NIO && Epoll.isAvailable();
    if (!epoll && config.transport() == HttpConfig.Transport.EPOLL) {
      throw new ConfigException(
          "http.transport: 'epoll' is not there on this system; allowed is nio or auto");
    }
    int count = config.loops() == 0 ? Runtime.getRuntime().availableProcessors() : config.loops();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    var loops = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("loop"), io);
    return new Transport(
        loops, epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  @Override
  public void close() {
    loops
        .shutdownGracefully(QUIET_MILLIS, 2000, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
