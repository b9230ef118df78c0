package dev.freshet.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Appended;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.Retention;
import dev.freshet.log.TopicState;
import dev.freshet.state.StateStore;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.Frame;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.PageSettings;
import dev.freshet.view.Representation;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameSubscriptionTest {
  private static final Retention LAST_100 =
      new Retention(
          List.of(new Retention.Rule(TopicPattern.ALL, Duration.ofDays(1), 100, 1L << 40)));

  private final Freshet freshet =
      Freshet.open(
          new MemoryLogStore(LAST_100, KeyWindow.DEFAULT, InstantSource.system()),
          new Freshet.Settings(
              new PageSettings(1024, 4096, Duration.ofDays(1), 1 << 20, 64 << 20),
              StateStore.Limits.DEFAULT,
              InstantSource.system()));
  private final Tenant tenant = freshet.tenant("t");

  @AfterEach
  void close() {
    freshet.close();
  }

  @Test
  void open_withoutPosition_snapshotsThenLive_U1() {
    put("a/1", 1);
    try (Reader reader = Reader.open(tenant, "a/*")) {
      assertThat(reader.types()).containsExactly("stream.open", "state.initial", "stream.live");
      put("a/1", 2);
      fed();
      assertThat(reader.types()).containsExactly("state.update");
    }
  }

  @Test
  void open_afterPosition_deliversExactlyWhatWasMissed_U2() {
    String seen = publish("a/1", "one").last().token();
    publish("b/1", "two");
    publish("a/1", "three");
    fed();
    try (Reader reader = resume(seen, "a/*")) {
      assertThat(typesUntil(reader, "stream.live"))
          .containsExactly("stream.open", "three", "stream.live");
    }
  }

  @Test
  void open_unusablePosition_resetsWithTheReason_U3() {
    put("a/1", 1);
    fed();
    long epoch = tenant.log().epoch();
    Map<String, String> reasons =
        Map.of(
            "nonsense",
            "malformed",
            "../../etc/passwd",
            "malformed",
            new Position(epoch + 1, 0).token(),
            "epoch",
            new Position(epoch, 99_999).token(),
            "future");
    reasons.forEach((position, reason) -> {
      try (Reader reader = resume(position, "a/*")) {
        List<FrameReader.Seen> frames = reader.read();
        assertThat(frames)
            .extracting(FrameReader.Seen::type)
            .containsExactly("stream.open", "stream.reset", "state.initial", "stream.live");
        assertThat(frames.get(1).data()).contains(reason);
      }
    });
  }

  @Test
  void open_positionBeforeRetention_resets_U3() {
    String old = publish("a/1", "one").last().token();
    for (int i = 0; i < 300; i++) publish("a/1", "more");
    tenant.log().retain();
    fed();
    try (Reader reader = resume(old, "a/*")) {
      assertThat(reader.read().get(1).data()).contains("retention");
    }
  }

  @Test
  void heartbeat_nothingMatched_movesThePosition_U4() {
    try (Reader reader = Reader.open(tenant, "quiet")) {
      reader.read();
      Appended last = publish("loud", "noise");
      fed();
      assertThat(reader.read()).isEmpty();
      assertThat(reader.heartbeat().orElseThrow().id()).contains(last.last().token());
    }
  }

  @Test
  void reader_fallenOffThePages_isServedFromTheLog_U5() {
    try (Reader reader = Reader.open(tenant, "a/*")) {
      reader.read();
      for (int i = 0; i < 90; i++) publish("a/" + i % 3, "e" + i);
      fed();
      List<String> types = new ArrayList<>();
      await()
          .untilAsserted(
              () -> assertThat(grown(types, reader.types())).hasSizeGreaterThanOrEqualTo(90));
      assertThat(types).hasSize(90).startsWith("e0", "e1").endsWith("e89");
      assertThat(reader.subscription.lags()).isPositive();
    }
  }

  @Test
  void reader_fallenBehindOnAState_skipsToItsValue_U5() {
    try (Reader reader = Reader.open(tenant, "a/*")) {
      reader.read();
      for (int i = 1; i <= 80; i++)
        put("a/1", "value " + i + " of many, long enough to fill pages");
      fed();
      List<FrameReader.Seen> frames = new ArrayList<>();
      await().untilAsserted(() -> assertThat(grown(frames, reader.read())).isNotEmpty());
      assertThat(frames.getFirst().type()).isEqualTo("state.initial");
      assertThat(frames.getFirst().data()).contains("value 80").contains("\"version\":80");
      assertThat(frames.size()).isLessThan(40);
    }
  }

  @Test
  void reader_fallenOutOfRetention_isResetInMidStream_U3_U5() {
    try (Reader reader = Reader.open(tenant, "a/*")) {
      reader.read();
      for (int i = 0; i < 500; i++) publish("a/1", "e");
      put("a/1", 1);
      tenant.log().retain();
      fed();
      List<FrameReader.Seen> frames = new ArrayList<>();
      await()
          .untilAsserted(() ->
              assertThat(grown(frames, reader.read()))
                  .anyMatch(f -> f.type().equals("stream.live")));
      assertThat(frames.getFirst().type()).isEqualTo("stream.reset");
      assertThat(frames.getFirst().data()).contains("overrun");
    }
  }

  @Test
  void controlFrames_anyOfThem_carryOwnPositionOrNone_U6() {
    freshet.tenant("other").publish("a/1", "x", 1);
    publish("b/1", "unmatched");
    fed();
    try (Reader reader = Reader.open(tenant, "a/*")) {
      for (FrameReader.Seen frame : reader.read()) {
        frame
            .id()
            .ifPresent(
                id -> assertThat(Position.parse(id).orElseThrow()).isEqualTo(tenant.log().head()));
      }
    }
  }

  @Test
  void stream_everyTopicEnded_endsAndIsOverAfterwards_U7() {
    try (Reader reader = Reader.open(tenant, "a/1", "a/2")) {
      reader.read();
      end("a/1");
      fed();
      assertThat(reader.types()).containsExactly("done");
      end("a/2");
      fed();
      List<FrameReader.Seen> frames = reader.read();
      assertThat(frames).extracting(FrameReader.Seen::type).containsExactly("done", "stream.end");
      assertThat(frames.get(1).data()).contains("completed");
      String seen = frames.get(1).id().orElseThrow();
      assertThat(Reader.open(tenant, Filter.of("a/1", "a/2"), Grant.of("**"), Optional.of(seen)))
          .isEmpty();
    }
  }

  @Test
  void connect_beforeTheEndWasSeen_getsWhatWasMissedAndTheEnd_U7() {
    String seen = publish("a/1", "one").last().token();
    end("a/1");
    fed();
    try (Reader reader = resume(seen, "a/1")) {
      assertThat(typesUntil(reader, "stream.end"))
          .containsExactly("stream.open", "done", "stream.live", "stream.end");
    }
  }

  @Test
  void connect_oneOfTwoPatternsIsWild_doesNotEnd_U7() {
    end("a/1");
    fed();
    try (Reader reader = Reader.open(tenant, "a/*")) {
      assertThat(reader.types()).containsExactly("stream.open", "stream.live");
    }
  }

  @Test
  void events_notGranted_leaveNoTrace_A1() {
    publish("a/1", "one");
    put("a/2", 1);
    Reader reader =
        Reader.open(tenant, Filter.of("**"), Grant.of("a/1"), Optional.of("earliest"))
            .orElseThrow();
    try (reader) {
      put("a/2", 2);
      publish("a/1", "two");
      fed();
      assertThat(typesUntil(reader, "stream.live"))
          .containsExactly("stream.open", "one", "two", "stream.live");
    }
    try (Reader snapshots =
        Reader.open(tenant, Filter.of("**"), Grant.of("a/1"), Optional.empty()).orElseThrow()) {
      assertThat(snapshots.types()).containsExactly("stream.open", "stream.live");
    }
  }

  @Test
  void end_askedFor_isTheLastFrameAndCarriesThePosition_A2() {
    try (Reader reader = Reader.open(tenant, "a/*")) {
      reader.read();
      Appended last = publish("a/1", "one");
      fed();
      reader.read();
      reader.end(EndReason.EXPIRED);
      FrameReader.Seen end = reader.read().getFirst();
      assertThat(end.data()).contains("expired");
      assertThat(end.id()).contains(last.last().token());
      publish("a/1", "two");
      fed();
      assertThat(reader.read()).isEmpty();
    }
  }

  @Test
  void event_anyNumberOfSubscribers_isEncodedOnce() {
    Counting counting = new Counting();
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      readers.add(
          Reader.open(tenant, Filter.of("a/*"), Grant.of("**"), Optional.empty(), counting)
              .orElseThrow());
    }
    publish("a/1", "one");
    fed();
    for (Reader reader : readers) assertThat(reader.types()).contains("one");
    assertThat(counting.events).hasValue(1);
    readers.forEach(Reader::close);
  }

  /** Counts what it encodes. */
  private static final class Counting implements Representation {
    final AtomicInteger events = new AtomicInteger();

    @Override
    public Frame event(Recorded recorded) {
      events.incrementAndGet();
      return NativeRepresentation.NATIVE.event(recorded);
    }

    @Override
    public Frame state(TopicState state) {
      return NativeRepresentation.NATIVE.state(state);
    }
  }

  private Reader resume(String position, String... patterns) {
    return Reader.open(tenant, Filter.of(patterns), Grant.of("**"), Optional.of(position))
        .orElseThrow();
  }

  private Appended publish(String topic, String type) {
    return tenant.publish(topic, type, 1);
  }

  /** Says each event in two frames; nothing follows the one of type {@code over}. */
  private enum Twice implements Representation {
    TWICE;

    @Override
    public Frame event(Recorded recorded) {
      Json type = Json.from(recorded.event().type());
      boolean last = recorded.event().type().equals("over");
      return new Frame("", type, List.of(new Frame("", Json.from("ahead"))), last);
    }

    @Override
    public Frame state(TopicState state) {
      return new Frame("", Json.NULL);
    }
  }

  private Reader twice(Optional<String> position, ControlFrames control) {
    Opening.Request request =
        new Opening.Request(Filter.of("a/1"), Grant.of("**"), Twice.TWICE, position);
    return Reader.open(tenant, request, control).orElseThrow();
  }

  @Test
  void event_ofSeveralFrames_hasItsIdOnTheLastAndIsSentWhole() {
    Appended one = publish("a/1", "one");
    Appended two = publish("a/1", "two");
    fed();
    try (Reader reader = twice(Optional.of(one.last().token()), Reader.CONTROL)) {
      List<FrameReader.Seen> frames = seenUntil(reader, "stream.live").subList(1, 3);
      assertThat(frames).extracting(FrameReader.Seen::data).containsExactly("\"ahead\"", "\"two\"");
      assertThat(frames)
          .extracting(FrameReader.Seen::id)
          .containsExactly(Optional.empty(), Optional.of(two.last().token()));
    }
  }

  @Test
  void frameThatIsTheLast_endsTheStream_liveAndReplayed_butNotThoseBegunBehindIt_U7() {
    String before = publish("a/1", "one").last().token();
    fed();
    try (Reader live = twice(Optional.of(before), Reader.CONTROL)) {
      live.read();
      publish("a/1", "two");
      String over = publish("a/1", "over").last().token();
      publish("a/1", "three");
      fed();
      assertThat(live.data()).containsExactly("\"ahead\"", "\"two\"", "\"ahead\"", "\"over\"");
      assertThat(live.subscription.ended()).isEqualTo(EndReason.COMPLETED);
      for (int i = 0; i < 90; i++) publish("a/1", "more");
      fed();
      try (Reader replayed = twice(Optional.of(before), Reader.CONTROL);
          Reader behind = twice(Optional.of(over), Reader.CONTROL)) {
        assertThat(seenUntil(replayed, "stream.end")).hasSize(2 * 2 + 2);
        assertThat(seenUntil(behind, "stream.live")).hasSize(2 * 91 + 2);
      }
    }
  }

  private static List<FrameReader.Seen> seenUntil(Reader reader, String last) {
    List<FrameReader.Seen> seen = new ArrayList<>();
    await()
        .until(() -> {
          seen.addAll(reader.read());
          return !seen.isEmpty() && seen.getLast().type().equals(last);
        });
    return seen;
  }

  /** Says nothing but comments, and more than one frame at a reset. */
  private enum Quiet implements Voice {
    QUIET;

    @Override
    public @Nullable Frame opened(String stream) {
      return null;
    }

    @Override
    public @Nullable Frame heartbeat(String stream, Instant now) {
      return null;
    }

    @Override
    public Frame reset(ResetReason reason) {
      return new Frame("", Json.from("anew"), List.of(new Frame("", Json.from("reset"))), false);
    }

    @Override
    public @Nullable Frame ended(EndReason reason) {
      return null;
    }
  }

  @Test
  void voiceThatSaysNothing_speaksInComments_andMovesThePosition_U4() {
    publish("a/1", "one");
    fed();
    ControlFrames quiet =
        Reader.CONTROL.spokenBy(Quiet.QUIET, "s", InstantSource.fixed(Instant.EPOCH));
    Position at = tenant.log().head();
    assertThat(text(quiet.live(at))).isEqualTo(": heartbeat\nid: " + at.token() + "\n\n");
    assertThat(text(quiet.end(at, EndReason.DRAIN, Duration.ofSeconds(3))))
        .isEqualTo("retry: 3000\n\n: end drain\nid: " + at.token() + "\n\n");
    assertThat(text(quiet.reset(new Start(false, 0, ResetReason.OVERRUN))))
        .isEqualTo("data: \"reset\"\n\ndata: \"anew\"\n\n");
  }

  private static String text(ByteBuf bytes) {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.release();
    return text;
  }

  private void end(String topic) {
    tenant.publish(
        List.of(new Event(Topic.of(topic), "done", Instant.EPOCH, Json.NULL, true)),
        Optional.empty());
  }

  private void put(String topic, Object value) {
    tenant.states().put(Topic.of(topic), Json.from(value).node(), WriteOptions.NONE);
  }

  /**
   * What is read until a frame of this type: what was missed comes from the log, in its own time.
   */
  private static List<String> typesUntil(Reader reader, String type) {
    List<String> types = new ArrayList<>();
    await().until(() -> grown(types, reader.types()).contains(type));
    return types;
  }

  private static <T> List<T> grown(List<T> list, List<T> more) {
    list.addAll(more);
    return list;
  }

  /** Waits until the views have been told what the log has. */
  private void fed() {
    await().until(() -> tenant.views().processed() == tenant.log().head().offset());
  }
}
