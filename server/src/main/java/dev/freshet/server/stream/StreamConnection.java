package dev.freshet.server.stream;

import dev.freshet.access.Principal;
import dev.freshet.application.Attendant;
import dev.freshet.application.Feed;
import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import dev.freshet.subscription.EndReason;
import dev.freshet.subscription.FrameSubscription;
import dev.freshet.subscription.Opening;
import dev.freshet.subscription.ResetReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has become a stream: whenever it is writable it pulls the next slice and writes
 * it (DESIGN §5). What the client does not read stays where it is, in the shared pages or in the
 * log. All fields belong to the channel's event loop.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter implements Runnable {
  /** Flushes before others on this loop get their turn. */
  private static final int TURNS = 4;

  final long id;
  final Principal principal;
  private final Streams streams;
  private final Filter filter;
  private final String transport;
  private final long sinceMillis;

  private @Nullable ChannelHandlerContext ctx;
  private @Nullable FrameSubscription subscription;
  private @Nullable Attendance attendance;
  private boolean pumping;
  private boolean closing;
  private long bytes;
  private long counted;
  private int slow;
  private int overruns;
  private long heardAt;
  private long takenAt;
  int slot = -1;

  /**
   * @param shared the view's filter, kept in place of the request's where it is the same
   */
  StreamConnection(long id, StreamRequest request, Filter shared, Streams streams) {
    this.id = id;
    this.principal = request.principal();
    Filter asked = request.selection().filter();
    this.filter = shared.equals(asked) ? shared : asked;
    this.transport = request.transport();
    this.streams = streams;
    this.sinceMillis = System.currentTimeMillis();
  }

  /** Writes the answer's head and begins; once, on the event loop, as the only handler. */
  void begin(ChannelHandlerContext at, Opening opening, Feed.Selection selection, ByteBuf head) {
    ctx = at;
    heardAt = takenAt = System.nanoTime();
    var unused = at.write(head, at.voidPromise());
    subscription =
        new FrameSubscription(
            opening,
            streams.control(this, selection.voice()),
            at.executor(),
            this,
            streams.blocking());
    streams.opened(this, at.channel().eventLoop());
    selection.attendant().ifPresent(attendant -> attend(attendant, opening.start().resumed()));
    // With epoll, reading on fails and closes the channel when the peer has half-closed.
    if (!((DuplexChannel) at.channel()).isInputShutdown()) at.channel().config().setAutoRead(true);
    pump();
  }

  private void attend(Attendant attendant, boolean resumed) {
    attendance = new Attendance(attendant, streams.blocking());
    attendance.opened(
        new AttendedStream(this, remoteAddress(ctx), Instant.ofEpochMilli(sinceMillis), resumed));
  }

  /** The view has grown, or a replay has come. */
  @Override
  public void run() {
    pump();
  }

  private void pump() {
    ChannelHandlerContext at = ctx;
    FrameSubscription from = subscription;
    if (pumping || closing || at == null || from == null) return;
    pumping = true;
    try {
      int turn = 0;
      while (turn < TURNS && at.channel().isWritable() && fill(at, from)) turn++;
      if (turn == TURNS && at.channel().isWritable()) at.executor().execute(this);
    } finally {
      pumping = false;
    }
    if (from.ended() != null) finish(at);
  }

  /** Writes what there is while the channel takes it; true if there may be more. */
  private boolean fill(ChannelHandlerContext at, FrameSubscription from) {
    long before = bytes;
    boolean more = true;
    while (more && at.channel().isWritable()) {
      ByteBuf next = from.next();
      if (next == null) {
        more = false;
      } else {
        bytes += next.readableBytes();
        var unused = at.write(next, at.voidPromise());
      }
    }
    if (bytes == before) return false;
    if (attendance != null) attendance.report(at, from.through());
    at.flush();
    count(from, bytes - before);
    return more;
  }

  private void count(FrameSubscription from, long written) {
    heardAt = takenAt = System.nanoTime();
    StreamMeters meters = streams.meters();
    meters.bytes.add(written);
    long delivered = from.delivered();
    if (delivered != counted) meters.deliveries.add(delivered - counted);
    counted = delivered;
    if (from.lags() != slow) meters.slow.add(from.lags() - slow);
    slow = from.lags();
    if (from.overruns() != overruns) meters.reset(ResetReason.OVERRUN);
    overruns = from.overruns();
  }

  private void finish(ChannelHandlerContext at) {
    if (closing) return;
    closing = true;
    at.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Ends the stream with a frame that says why; on the event loop. */
  void end(EndReason reason, @Nullable Duration retry) {
    FrameSubscription from = subscription;
    if (from == null) return;
    from.end(reason, retry);
    pump();
  }

  /**
   * What time asks for: expiry, heartbeat, a reader that has stalled (A2, U4); on the event loop.
   */
  void tick(long nanoTime, Instant now) {
    ChannelHandlerContext at = ctx;
    FrameSubscription from = subscription;
    if (at == null || from == null || closing) return;
    if (!now.isBefore(principal.expiresAt())) {
      end(EndReason.EXPIRED, null);
      return;
    }
    if (!at.channel().isWritable()) {
      if (nanoTime - takenAt > streams.settings().stall().toNanos()) abandon(at);
    } else if (nanoTime - heardAt >= streams.settings().heartbeat().toNanos()) {
      heartbeat(at, from, now);
    }
  }

  private static void abandon(ChannelHandlerContext at) {
    var unused = at.close();
  }

  private void heartbeat(ChannelHandlerContext at, FrameSubscription from, Instant now) {
    ByteBuf frame = from.heartbeat(now);
    if (frame == null) {
      pump();
      return;
    }
    bytes += frame.readableBytes();
    var unused = at.writeAndFlush(frame, at.voidPromise());
    heardAt = takenAt = System.nanoTime();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext at) {
    takenAt = System.nanoTime();
    if (at.channel().isWritable()) pump();
  }

  /** Nothing is expected from the client any more. */
  @Override
  public void channelRead(ChannelHandlerContext at, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
    abandon(at);
  }

  @Override
  public void channelInactive(ChannelHandlerContext at) {
    FrameSubscription from = subscription;
    if (from == null) return;
    subscription = null;
    EndReason reason = from.ended();
    from.close();
    String why = reason == null ? "disconnected" : reason.wire();
    if (attendance != null) attendance.closed(why);
    streams.closed(this, from, why);
  }

  EventLoop loop() {
    return Objects.requireNonNull(ctx).channel().eventLoop();
  }

  /** As an administrator sees it; on the event loop. */
  ConnectionInfo info(Optional<FrameSubscription> closedFrom, Optional<String> closed) {
    FrameSubscription from = closedFrom.orElse(subscription);
    ChannelHandlerContext at = ctx;
    return new ConnectionInfo(
        name(),
        principal.tenant(),
        principal.subject(),
        remoteAddress(at),
        transport,
        filter.patterns().stream().map(TopicPattern::path).toList(),
        filter.types().stream().toList(),
        Instant.ofEpochMilli(sinceMillis),
        from == null ? 0 : from.lag(),
        from == null ? 0 : from.delivered(),
        bytes,
        at != null && at.channel().isWritable(),
        closed);
  }

  /** The id as administrators write it. */
  String name() {
    return Long.toString(id, Character.MAX_RADIX);
  }

  private static String remoteAddress(@Nullable ChannelHandlerContext at) {
    return at != null && at.channel().remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }
}
