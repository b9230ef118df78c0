package dev.freshet.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import dev.freshet.state.StateStore;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.Frame;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.PageSettings;
import dev.freshet.view.Representation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream gets of the past, and how it speaks of itself (PROTOCOL §8). */
class BacklogTest {
  private static final int ALL_SNAPSHOTS = 256 << 10;

  private final Freshet freshet =
      Freshet.open(
          new MemoryLogStore(),
          new Freshet.Settings(
              new PageSettings(1024, 4096, Duration.ofDays(1), ALL_SNAPSHOTS, ALL_SNAPSHOTS),
              StateStore.Limits.DEFAULT,
              InstantSource.system()));
  private final Tenant tenant = freshet.tenant("t");

  @AfterEach
  void close() {
    freshet.close();
  }

  private Reader open(Grant read, Optional<String> position, Backlog... backlogs) {
    return Reader.open(
            tenant,
            new Opening.Request(
                Filter.of("a/*"),
                read,
                NativeRepresentation.NATIVE,
                List.of(backlogs),
                Long.MAX_VALUE,
                position),
            Reader.CONTROL)
        .orElseThrow();
  }

  private void publish(String... topics) {
    for (String topic : topics) tenant.publish(topic, topic + "!", Map.of());
  }

  @Test
  void backlog_followsTheSnapshots_withoutIds_inTheOrderOfTheLog() {
    publish("a/1", "a/2", "a/1", "b/1", "a/2");
    tenant.states().put(Topic.of("a/3"), Json.from(1).node(), WriteOptions.NONE);
    Backlog ones = new Backlog(Filter.of("a/1"), 5);
    Backlog lastTwo = new Backlog(Filter.of("a/2"), 1);
    try (Reader reader = open(Grant.of("**"), Optional.empty(), lastTwo, ones)) {
      List<FrameReader.Seen> frames = reader.read();
      assertThat(frames)
          .extracting(FrameReader.Seen::type)
          .containsExactly("stream.open", "state.initial", "a/1!", "a/1!", "a/2!", "stream.live");
      assertThat(frames.subList(0, 5)).allMatch(frame -> frame.id().isEmpty());
      publish("a/1");
      tenant.views().catchUp();
      assertThat(reader.types()).containsExactly("a/1!");
    }
  }

  @Test
  void backlog_holdsOnlyWhatMayBeRead_A1() {
    publish("a/1", "a/2");
    Backlog all = new Backlog(Filter.of("**"), 100);
    publish("b/1");
    try (Reader reader = open(Grant.of("a/2", "b/1"), Optional.empty(), all)) {
      assertThat(reader.types()).containsExactly("stream.open", "a/2!", "stream.live");
    }
  }

  @Test
  void backlog_isNotForAStreamThatResumes_U2() {
    publish("a/1", "a/2");
    String head = tenant.log().head().token();
    try (Reader reader =
        open(Grant.of("**"), Optional.of(head), new Backlog(Filter.of("a/*"), 9))) {
      assertThat(reader.types()).containsExactly("stream.open", "stream.live");
    }
  }

  @Test
  void backlog_letGoInTheMiddle_givesItsMemoryBack() {
    for (int i = 0; i < 500; i++) publish("a/1");
    for (int i = 0; i < 50; i++) {
      Reader reader = open(Grant.of("**"), Optional.empty(), new Backlog(Filter.of("a/*"), 500));
      if (i % 2 == 0) assertThat(reader.read()).hasSize(502);
      reader.close();
    }
  }

  @Test
  void voice_speaksInPlaceOfTheControlFrames_butNotOfResetAndEnd() {
    Voice voice =
        new Voice() {
          @Override
          public Frame opened(String stream) {
            return new Frame("hello", Json.from(stream));
          }

          @Override
          public Frame heartbeat(String stream, Instant now) {
            return new Frame("beat", Json.from(now.toString()));
          }
        };
    Opening.Request request =
        new Opening.Request(
            Filter.of("a/*"), Grant.of("**"), NativeRepresentation.NATIVE, Optional.of("nonsense"));
    ControlFrames control =
        Reader.CONTROL.spokenBy(voice, "s7", InstantSource.fixed(Instant.EPOCH));
    publish("a/1");
    try (Reader reader = Reader.open(tenant, request, control).orElseThrow()) {
      List<FrameReader.Seen> frames = reader.read();
      assertThat(frames)
          .extracting(FrameReader.Seen::type)
          .containsExactly("hello", "stream.reset", "beat");
      assertThat(frames.getFirst().data()).isEqualTo("\"s7\"");
      assertThat(frames.getLast().id()).contains(tenant.log().head().token());
      assertThat(reader.heartbeat().orElseThrow().type()).isEqualTo("beat");
      reader.end(EndReason.COMPLETED);
      assertThat(reader.types()).containsExactly("stream.end");
    }
  }

  private Reader limited(long limit, Representation form) {
    return Reader.open(
            tenant,
            new Opening.Request(
                Filter.of("a/*"), Grant.of("**"), form, List.of(), limit, Optional.empty()),
            Reader.CONTROL)
        .orElseThrow();
  }

  private void put(String topic, int value) {
    tenant.states().put(Topic.of(topic), Json.from(value).node(), WriteOptions.NONE);
  }

  @Test
  void limit_endsTheStreamAfterExactlySoMany_snapshotsIncluded() {
    put("a/1", 1);
    try (Reader reader = limited(3, NativeRepresentation.NATIVE)) {
      assertThat(reader.types()).containsExactly("stream.open", "state.initial", "stream.live");
      publish("a/1", "a/2", "a/3");
      tenant.views().catchUp();
      List<FrameReader.Seen> frames = reader.read();
      assertThat(frames)
          .extracting(FrameReader.Seen::type)
          .containsExactly("a/1!", "a/2!", "stream.end");
      assertThat(frames.getLast().data()).isEqualTo("{\"reason\":\"limit\"}");
      assertThat(frames.getLast().id()).isEqualTo(frames.get(1).id());
    }
  }

  @Test
  void limit_reachedInTheSnapshot_endsWithoutAPosition_U1() {
    put("a/1", 1);
    put("a/2", 2);
    try (Reader reader = limited(1, NativeRepresentation.NATIVE)) {
      List<FrameReader.Seen> frames = reader.read();
      assertThat(frames)
          .extracting(FrameReader.Seen::type)
          .containsExactly("stream.open", "state.initial", "stream.end");
      assertThat(frames.getLast().id()).isEmpty();
    }
  }

  /** Numbers, all in one frame at first; without event names. */
  private enum Sum implements Representation {
    SUM;

    @Override
    public Frame event(Recorded recorded) {
      return new Frame("", recorded.event().data());
    }

    @Override
    public Frame state(TopicState state) {
      return new Frame("", Objects.requireNonNull(state.value()));
    }

    @Override
    public boolean joined() {
      return true;
    }

    @Override
    public Frame states(List<TopicState> states, long offset) {
      return new Frame(
          "", Json.from(states.stream().mapToInt(s -> state(s).data().node().asInt()).sum()));
    }
  }

  @Test
  void joinedSnapshot_isOneFrame_alsoOfNothing() {
    put("a/1", 1);
    put("a/2", 2);
    put("b/1", 4);
    try (Reader reader = limited(Long.MAX_VALUE, Sum.SUM)) {
      assertThat(reader.data()).containsExactly("3");
    }
    Opening.Request nothing =
        new Opening.Request(Filter.of("c/*"), Grant.of("**"), Sum.SUM, Optional.empty());
    try (Reader reader = Reader.open(tenant, nothing, Reader.CONTROL).orElseThrow()) {
      assertThat(reader.data()).containsExactly("0");
    }
  }
}
