package dev.freshet.subscription;

import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.Representation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A frame subscription on an event loop of its own, read on demand; for tests. */
final class Reader implements AutoCloseable {
  static final ControlFrames CONTROL =
      new ControlFrames(Duration.ofSeconds(2), Duration.ofSeconds(15));

  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final FrameReader parser = new FrameReader();
  final FrameSubscription subscription;

  private Reader(Opening opening, ControlFrames control) {
    subscription = on(() -> new FrameSubscription(opening, control, loop, () -> {}, blocking));
  }

  static Optional<Reader> open(
      Tenant tenant, Filter filter, Grant read, Optional<String> position) {
    return open(tenant, filter, read, position, NativeRepresentation.NATIVE);
  }

  static Optional<Reader> open(
      Tenant tenant,
      Filter filter,
      Grant read,
      Optional<String> position,
      Representation representation) {
    return open(tenant, new Opening.Request(filter, read, representation, position), CONTROL);
  }

  static Optional<Reader> open(Tenant tenant, Opening.Request request, ControlFrames control) {
    return Opening.prepare(tenant.views(), request).map(opening -> new Reader(opening, control));
  }

  static Reader open(Tenant tenant, String... patterns) {
    return open(tenant, Filter.of(patterns), Grant.of("**"), Optional.empty()).orElseThrow();
  }

  /** What can be read now. */
  List<FrameReader.Seen> read() {
    return on(() -> {
      List<FrameReader.Seen> frames = new ArrayList<>();
      for (ByteBuf next = subscription.next(); next != null; next = subscription.next())
        frames.addAll(parse(next));
      return frames;
    });
  }

  /** The types of what can be read now. */
  List<String> types() {
    return read().stream().map(FrameReader.Seen::type).toList();
  }

  /** The data of what can be read now and has no name. */
  List<String> data() {
    return read().stream().filter(s -> s.type().isEmpty()).map(FrameReader.Seen::data).toList();
  }

  Optional<FrameReader.Seen> heartbeat() {
    return on(() -> {
      ByteBuf frame = subscription.heartbeat(Instant.EPOCH);
      return frame == null ? Optional.empty() : Optional.of(parse(frame).getFirst());
    });
  }

  void end(EndReason reason) {
    on(() -> {
      subscription.end(reason, Duration.ofSeconds(3));
      return true;
    });
  }

  private List<FrameReader.Seen> parse(ByteBuf bytes) {
    List<FrameReader.Seen> frames = parser.read(ByteBufUtil.getBytes(bytes));
    bytes.release();
    return frames;
  }

  private <T> T on(Supplier<T> action) {
    try {
      return loop.submit(action::get).get();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    on(() -> {
      subscription.close();
      return true;
    });
    loop.shutdown();
    blocking.shutdown();
  }
}
