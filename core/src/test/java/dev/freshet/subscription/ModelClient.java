package dev.freshet.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.PageSettings;
import dev.freshet.view.Views;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client that reads at a random pace, disconnects and resumes at random, and checks each frame
 * against the model as it comes (U1–U5). Confined to its event loop.
 */
final class ModelClient {
  private static final ControlFrames CONTROL =
      new ControlFrames(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final Views views;
  private final History history;
  private final Filter filter;
  private final ScheduledExecutorService loop;
  private final ExecutorService blocking;
  private final Random random;

  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, JsonNode> values = new HashMap<>();
  private @Nullable FrameSubscription subscription;
  private FrameReader reader = new FrameReader();
  private Optional<String> lastId = Optional.empty();
  private long checkedThrough = -1;
  private boolean snapshotting;
  private boolean patient;
  volatile boolean stopped;
  volatile @Nullable Throwable failure;
  long delivered;
  int resets;
  int resumes;
  int lags;

  ModelClient(
      Views views,
      History history,
      Filter filter,
      ScheduledExecutorService loop,
      ExecutorService blocking,
      long seed) {
    this.views = views;
    this.history = history;
    this.filter = filter;
    this.loop = loop;
    this.blocking = blocking;
    this.random = new Random(seed);
  }

  void connect() {
    blocking.execute(() -> {
      Opening opening =
          Opening.prepare(
                  views,
                  new Opening.Request(filter, Grant.of("**"), NativeRepresentation.NATIVE, lastId))
              .orElseThrow();
      loop.execute(() -> opened(opening));
    });
  }

  private void opened(Opening opening) {
    if (stopped) {
      opening.discard();
      return;
    }
    reader = new FrameReader();
    snapshotting = !opening.start().resumed();
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
        byte[] bytes = ByteBufUtil.getBytes(next);
        next.release();
        reader.read(bytes).forEach(this::seen);
      }
      if (!patient && random.nextInt(40) == 0) {
        disconnect();
        connect();
      } else {
        var unused =
            loop.schedule(this::pump, patient ? 0 : random.nextInt(3), TimeUnit.MILLISECONDS);
      }
    } catch (Throwable wrong) {
      failure = wrong;
    }
  }

  private void disconnect() {
    FrameSubscription current = subscription;
    if (current == null) return;
    lags += current.lags();
    current.close();
    subscription = null;
    if (snapshotting) {
      // Cut before it was live: begun again, not resumed (U1).
      lastId = Optional.empty();
    }
  }

  private void seen(FrameReader.Seen frame) {
    JsonNode data = Json.MAPPER.readTree(frame.data());
    switch (frame.type()) {
      case "stream.open" -> {
        if (!data.get("resumed").asBoolean()) forget();
      }
      case "stream.reset" -> {
        resets++;
        forget();
      }
      case "state.initial" -> {
        assertThat(frame.id()).isEmpty();
        hold(data, data.get("value"));
      }
      case "state.update" -> update(frame, data);
      case "stream.live", "heartbeat" -> {
        long offset = offset(frame);
        if (checkedThrough < 0) checkedThrough = offset;
        checkThrough(offset);
        snapshotting = false;
        remember(frame, offset);
      }
      default -> event(frame, data);
    }
  }

  private void forget() {
    versions.clear();
    values.clear();
    checkedThrough = -1;
    snapshotting = true;
  }

  private void hold(JsonNode data, JsonNode value) {
    versions.put(data.get("topic").asString(), data.get("version").asLong());
    values.put(data.get("topic").asString(), value);
  }

  private void update(FrameReader.Seen frame, JsonNode data) {
    long held = versions.getOrDefault(data.get("topic").asString(), 0L);
    if (data.get("version").asLong() > held) {
      assertThat(data.get("base").asLong()).as("base of %s", data).isEqualTo(held);
      hold(data, data.get("value"));
    }
    remember(frame, offset(frame));
  }

  private void event(FrameReader.Seen frame, JsonNode data) {
    long offset = offset(frame);
    if (checkedThrough < 0) checkedThrough = offset - 1;
    assertThat(history.plain(filter, checkedThrough, offset)).containsExactly(offset);
    assertThat(data.get("data").toString()).isEqualTo(history.event(offset).data().toString());
    checkedThrough = offset;
    delivered++;
    remember(frame, offset);
  }

  private void checkThrough(long offset) {
    assertThat(offset).isGreaterThanOrEqualTo(checkedThrough);
    assertThat(history.plain(filter, checkedThrough, offset))
        .as("missed before a position")
        .isEmpty();
    checkedThrough = offset;
  }

  private void remember(FrameReader.Seen frame, long offset) {
    assertThat(offset)
        .isGreaterThanOrEqualTo(
            lastId.map(id -> Position.parse(id).orElseThrow().offset()).orElse(0L));
    lastId = frame.id();
  }

  private static long offset(FrameReader.Seen frame) {
    return Position.parse(frame.id().orElseThrow()).orElseThrow().offset();
  }

  /** From now on reads without pause; completes when it holds what the model holds. */
  void settle() {
    loop.execute(() -> {
      patient = true;
      pump();
    });
  }

  void heartbeat() {
    loop.execute(() -> {
      FrameSubscription current = subscription;
      ByteBuf frame = current == null ? null : current.heartbeat(Instant.EPOCH);
      if (frame == null) return;
      byte[] bytes = ByteBufUtil.getBytes(frame);
      frame.release();
      try {
        reader.read(bytes).forEach(this::seen);
      } catch (Throwable wrong) {
        failure = wrong;
      }
    });
  }

  /** To be read after the loop has stopped or in it. */
  long checkedThrough() {
    return checkedThrough;
  }

  Map<String, Long> versions() {
    return Map.copyOf(versions);
  }

  Map<String, JsonNode> values() {
    return Map.copyOf(values);
  }

  void stop() {
    stopped = true;
    disconnect();
  }

  static PageSettings small() {
    return new PageSettings(1024, 4096, Duration.ofMillis(20), 1 << 20, 64 << 20);
  }
}
