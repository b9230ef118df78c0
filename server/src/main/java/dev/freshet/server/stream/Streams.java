package dev.freshet.server.stream;

import dev.freshet.Freshet;
import dev.freshet.access.Principal;
import dev.freshet.event.Filter;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import dev.freshet.subscription.ControlFrames;
import dev.freshet.subscription.EndReason;
import dev.freshet.subscription.FrameSubscription;
import dev.freshet.subscription.Opening;
import dev.freshet.subscription.ResetReason;
import dev.freshet.subscription.Voice;
import dev.freshet.view.SnapshotTooLargeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Opens, lists and ends streams. Thread-safe. */
public final class Streams {
  private static final int REMEMBERED = 200;

  private final Freshet freshet;
  private final StreamSettings settings;
  private final InstantSource clock;
  private final ControlFrames control;
  private final StreamMeters meters;
  private final Admission admission;
  private final Map<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Deque<ConnectionInfo> recent = new ArrayDeque<>();
  private volatile boolean draining;

  public Streams(
      Freshet freshet, StreamSettings settings, MeterRegistry registry, InstantSource clock) {
    this.freshet = freshet;
    this.settings = settings;
    this.clock = clock;
    this.control = new ControlFrames(settings.retry(), settings.heartbeat());
    this.meters = new StreamMeters(registry, open::get, this::encoded);
    this.admission = new Admission(settings);
  }

  private long encoded() {
    return freshet.tenants().stream().mapToLong(tenant -> tenant.views().encoded()).sum();
  }

  /**
   * Admits and prepares a stream. Blocks while it reads the log.
   *
   * @return empty if the stream is over and the client has seen its end: 204 (U7)
   * @throws HttpProblem if there is no place, or the snapshot is too large
   */
  public Optional<PreparedStream> prepare(StreamRequest request) {
    if (draining)
      throw HttpProblem.of(ErrorCode.DRAINING, "the server is shutting down; connect again");
    admission.enter(request.principal());
    Optional<Opening> opening = Optional.empty();
    try {
      opening = opening(request);
      return opening.map(prepared -> new PreparedStream(request, prepared, admission));
    } finally {
      if (opening.isEmpty()) admission.leave(request.principal());
    }
  }

  private Optional<Opening> opening(StreamRequest request) {
    var views = freshet.tenant(request.principal().tenant()).views();
    try {
      return Opening.prepare(
          views,
          new Opening.Request(
              request.selection().filter(),
              request.read(),
              request.selection().representation(),
              request.selection().backlogs(),
              request.selection().limit(),
              request.position(),
              request.selection().anew()));
    } catch (SnapshotTooLargeException large) {
      ErrorCode code = large.retryable() ? ErrorCode.OVERLOADED : ErrorCode.SNAPSHOT_TOO_LARGE;
      throw HttpProblem.of(code, String.valueOf(large.getMessage()));
    }
  }

  /**
   * Makes the connection a stream: takes every handler out of the pipeline and writes on the bare
   * channel from then on. On the channel's event loop.
   *
   * @param headers further headers of the answer
   */
  public void open(
      ChannelHandlerContext ctx,
      PreparedStream prepared,
      Collection<Map.Entry<String, String>> headers) {
    ResetReason reset = prepared.opening.start().reset();
    if (reset != null) meters.reset(reset);
    if (prepared.opening.start().resumed()) meters.resumed.increment();
    Filter filter = prepared.opening.view().scope().filter();
    StreamConnection connection =
        new StreamConnection(
            ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), prepared.request, filter, this);
    ChannelPipeline pipeline = ctx.pipeline();
    for (ChannelHandler handler : List.copyOf(pipeline.toMap().values())) pipeline.remove(handler);
    pipeline.addLast(connection);
    connection.begin(
        pipeline.context(connection),
        prepared.opening,
        prepared.request.selection(),
        head(headers));
  }

  /** Delimited by close, not by chunks, so that pages go to the socket as they are. */
  private static ByteBuf head(Collection<Map.Entry<String, String>> headers) {
    StringBuilder head =
        new StringBuilder(256)
            .append("HTTP/1.1 200 OK\r\n")
            .append("Content-Type: text/event-stream; charset=utf-8\r\n")
            .append("Cache-Control: no-store\r\n")
            .append("X-Accel-Buffering: no\r\n")
            .append("X-Content-Type-Options: nosniff\r\n");
    for (Map.Entry<String, String> header : headers) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    return Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1);
  }

  void opened(StreamConnection connection, EventLoop loop) {
    open.incrementAndGet();
    loops.computeIfAbsent(loop, this::watch).add(connection);
  }

  private LoopConnections watch(EventLoop loop) {
    long tick = Math.clamp(settings.heartbeat().toMillis() / 10, 20, 500);
    return new LoopConnections(loop, Duration.ofMillis(tick), clock);
  }

  void closed(StreamConnection connection, FrameSubscription from, String reason) {
    LoopConnections of = loops.get(connection.loop());
    if (of != null) of.remove(connection);
    open.decrementAndGet();
    admission.leave(connection.principal);
    meters.ended(reason);
    ConnectionInfo info = connection.info(Optional.of(from), Optional.of(reason));
    synchronized (recent) {
      if (recent.size() == REMEMBERED) recent.removeFirst();
      recent.addLast(info);
    }
  }

  StreamSettings settings() {
    return settings;
  }

  /** What a stream says of itself. */
  ControlFrames control(StreamConnection connection, Optional<Voice> voice) {
    return voice.map(v -> control.spokenBy(v, connection.name(), clock)).orElse(control);
  }

  StreamMeters meters() {
    return meters;
  }

  Admission admission() {
    return admission;
  }

  Executor blocking() {
    return freshet.blocking();
  }

  /** How many streams are open. */
  public int size() {
    return open.get();
  }

  /**
   * The open streams of a tenant, then those that were closed lately, newest first. Blocks shortly.
   */
  public List<ConnectionInfo> list(String tenant) throws InterruptedException {
    List<ConnectionInfo> infos = new ArrayList<>();
    onLoops(connection -> {
      if (!connection.principal.tenant().equals(tenant)) return;
      ConnectionInfo info = connection.info(Optional.empty(), Optional.empty());
      synchronized (infos) {
        infos.add(info);
      }
    });
    synchronized (recent) {
      recent
          .descendingIterator()
          .forEachRemaining(info -> {
            if (info.tenant().equals(tenant)) infos.add(info);
          });
    }
    return infos;
  }

  /**
   * Ends a tenant's stream (reason {@code closed}); false if there is none with this id. Blocks
   * shortly.
   */
  public boolean close(String tenant, String id) throws InterruptedException {
    AtomicInteger found = new AtomicInteger();
    onLoops(connection -> {
      if (!connection.name().equals(id) || !connection.principal.tenant().equals(tenant)) return;
      found.incrementAndGet();
      connection.end(EndReason.CLOSED, null);
    });
    return found.get() > 0;
  }

  /** Ends the streams of the principals that match, as soon as their event loops get to it (A3). */
  public void end(Predicate<Principal> whose, EndReason reason) {
    for (LoopConnections loop : loops.values()) {
      loop.onLoop(
          connection -> {
            if (whose.test(connection.principal)) connection.end(reason, null);
          },
          () -> {});
    }
  }

  /**
   * Refuses new streams and ends the open ones, each told to come back after its own delay (R3).
   */
  public void drain(Duration window) {
    draining = true;
    for (LoopConnections loop : loops.values()) {
      loop.onLoop(connection -> connection.end(EndReason.DRAIN, delay(window)), () -> {});
    }
  }

  private Duration delay(Duration window) {
    long spread = Math.max(1, window.toMillis());
    return settings.retry().plusMillis(ThreadLocalRandom.current().nextLong(spread));
  }

  private void onLoops(Consumer<StreamConnection> action) throws InterruptedException {
    List<LoopConnections> all = List.copyOf(loops.values());
    CountDownLatch done = new CountDownLatch(all.size());
    for (LoopConnections loop : all) loop.onLoop(action, done::countDown);
    if (!done.await(5, TimeUnit.SECONDS))
      throw HttpProblem.of(ErrorCode.OVERLOADED, "an event loop is busy; try again");
  }
}
