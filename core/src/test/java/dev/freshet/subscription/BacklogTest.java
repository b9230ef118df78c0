package dev.freshet.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.state.StateStore;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.Frame;
import dev.freshet.view.NativeRepresentation;
import dev.freshet.view.PageSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
                Filter.of("a/*"), read, NativeRepresentation.NATIVE, List.of(backlogs), position),
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
            Filter.of("a/*"),
            Grant.of("**"),
            NativeRepresentation.NATIVE,
            List.of(),
            Optional.of("nonsense"));
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
}
