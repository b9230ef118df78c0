package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.state.JsonPatch;
import dev.freshet.subscription.ControlFrames;
import dev.freshet.subscription.FrameReader;
import dev.freshet.subscription.FrameSubscription;
import dev.freshet.subscription.Opening;
import dev.freshet.view.Representation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One who looks at a runtime, reads at a random pace, is cut off and comes back, and applies what
 * it is sent as PROTOCOL §8.6 tells it to. Confined to its event loop.
 */
final class Viewer {
  private static final ControlFrames CONTROL =
      new ControlFrames(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final Tenant tenant;
  private final Filter filter;
  private final Representation representation;
  private final ScheduledExecutorService loop;
  private final ExecutorService blocking;
  private final Random random;

  private final Map<String, JsonNode> values = new TreeMap<>();
  private final Map<String, Long> versions = new TreeMap<>();
  private @Nullable FrameSubscription subscription;
  private FrameReader reader = new FrameReader();
  private Optional<String> lastId = Optional.empty();
  private boolean live;
  private boolean patient;
  private boolean stopped;
  private volatile long through = -1;
  volatile @Nullable Throwable failure;
  int resumes;
  int lags;
  int patches;

  Viewer(
      Tenant tenant,
      Filter filter,
      Representation representation,
      ScheduledExecutorService loop,
      ExecutorService blocking,
      long seed) {
    this.tenant = tenant;
    this.filter = filter;
    this.representation = representation;
    this.loop = loop;
    this.blocking = blocking;
    this.random = new Random(seed);
  }

  void connect() {
    Optional<String> from = lastId;
    blocking.execute(() -> {
      try {
        var request = new Opening.Request(filter, Grant.of("**"), representation, from);
        Opening opening = Opening.prepare(tenant.views(), request).orElseThrow();
        loop.execute(() -> opened(opening));
      } catch (RuntimeException failed) {
        failure = failed;
      }
    });
  }

  private void opened(Opening opening) {
    if (stopped) {
      opening.discard();
      return;
    }
    reader = new FrameReader();
    live = false;
    if (lastId.isPresent()) resumes++;
    subscription = new FrameSubscription(opening, CONTROL, loop, this::pump, blocking);
    pump();
  }

  /** Reads a little, or a lot, or nothing for a while. */
  private void pump() {
    FrameSubscription current = subscription;
    if (stopped || failure != null || current == null) return;
    try {
      for (int burst = patient ? 1000 : random.nextInt(4); burst > 0; burst--) {
        ByteBuf next = current.next();
        if (next == null) return;
        read(next);
      }
      if (!patient && random.nextInt(40) == 0) {
        disconnect();
        connect();
      } else {
        var unused =
            loop.schedule(this::pump, patient ? 0 : random.nextInt(4), TimeUnit.MILLISECONDS);
      }
    } catch (Throwable wrong) {
      failure = wrong;
    }
  }

  private void read(ByteBuf bytes) {
    byte[] read = ByteBufUtil.getBytes(bytes);
    bytes.release();
    reader.read(read).forEach(this::seen);
  }

  private void disconnect() {
    FrameSubscription current = subscription;
    if (current == null) return;
    lags += current.lags();
    current.close();
    subscription = null;
    // Cut before it was live, and with snapshots: begun again, not resumed (U1).
    if (!live && !current.start().resumed()) lastId = Optional.empty();
  }

  private void seen(FrameReader.Seen frame) {
    JsonNode data = Json.MAPPER.readTree(frame.data());
    switch (frame.type()) {
      case "stream.open", "stream.reset" -> {}
      case "state.initial" -> {
        values.clear();
        versions.clear();
        data.path("slices").properties().forEach(s -> values.put(s.getKey(), s.getValue()));
        data.path("versions")
            .properties()
            .forEach(s -> versions.put(s.getKey(), s.getValue().asLong()));
      }
      case "state.update" -> update(data);
      case "stream.live", "heartbeat" -> {
        live = true;
        through = Position.parse(frame.id().orElseThrow()).orElseThrow().offset();
      }
      default -> throw new AssertionError("unexpected " + frame);
    }
    frame.id().ifPresent(id -> lastId = Optional.of(id));
  }

  private void update(JsonNode data) {
    String slice = data.path("slice").asString();
    long held = versions.getOrDefault(slice, 0L);
    if (data.path("version").asLong() <= held) return;
    assertThat(data.has("patches")).isNotEqualTo(data.has("value"));
    if (data.has("patches")) {
      assertThat(data.path("base").asLong()).as("base of %s", data).isEqualTo(held);
      JsonPatch patch =
          JsonPatch.parse(data.path("patches"), new JsonPatch.Bounds(1000, 1 << 20, 100));
      values.put(slice, patch.apply(values.get(slice)));
      patches++;
    } else {
      values.put(slice, data.path("value"));
    }
    versions.put(slice, data.path("version").asLong());
  }

  /** From now on reads without pause. */
  void settle() {
    loop.execute(() -> {
      patient = true;
      pump();
    });
  }

  /** Up to where it has seen the log, asked for with a heartbeat. */
  long through() {
    loop.execute(() -> {
      FrameSubscription current = subscription;
      ByteBuf frame = current == null ? null : current.heartbeat(Instant.EPOCH);
      if (frame != null) read(frame);
    });
    return through;
  }

  /** Leaves, and answers what it held. */
  Map<String, JsonNode> stop() throws Exception {
    return loop.submit(
            () -> {
              stopped = true;
              disconnect();
              return Map.copyOf(values);
            })
        .get();
  }
}
