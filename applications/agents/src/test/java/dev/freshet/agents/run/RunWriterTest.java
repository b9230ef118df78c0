package dev.freshet.agents.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.agents.AgentSink;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.EventOrderException;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Outcome;
import dev.freshet.agents.event.RandomRun;
import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import dev.freshet.state.StateStore;
import dev.freshet.state.WriteOptions;
import dev.freshet.view.PageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RunWriterTest {
  private static final int EVENT_BYTES = 128 << 10;

  @TempDir private Path directory;

  private final AtomicLong millis =
      new AtomicLong(Instant.parse("2026-01-05T10:00:00Z").toEpochMilli());
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
  private final Freshet freshet =
      Freshet.open(
          new MemoryLogStore(),
          new Freshet.Settings(
              PageSettings.DEFAULT, new StateStore.Limits(EVENT_BYTES, 128, 4096, 500_000), clock));
  private final Tenant tenant = freshet.tenant("acme");
  private Runs runs;

  @BeforeEach
  void open() {
    runs = runs();
  }

  @AfterEach
  void close() {
    runs.stop();
    freshet.close();
  }

  private Runs runs() {
    RunSettings all = RunSettings.in(directory);
    return new Runs(
        new RunSettings(
            directory,
            10,
            100,
            all.preview(),
            all.thought(),
            EVENT_BYTES,
            all.approval(),
            all.silence(),
            Duration.ofDays(1)));
  }

  private String begin() {
    return runs.begin(tenant, Beginning.told("ada", "task", null, true, "x")).orElseThrow().id();
  }

  private RunWriter writer(String id) {
    return runs.writer(tenant, new RunTopics(id)).orElseThrow();
  }

  /** The events of a random run, as those of another that has begun already. */
  private static List<AgentSink.Making> makings(long seed, int length) {
    List<AgentSink.Making> makings = new ArrayList<>();
    for (AgentEvent event : RandomRun.of(seed, length)) {
      if (!(event instanceof AgentEvent.ExecutionStarted)) makings.add((run, now) -> event);
    }
    return makings;
  }

  private Execution read(String id) {
    return new RunStore(tenant).read(id).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  @DisplayName("U1: a snapshot at any offset is what the events up to it reduce to")
  void snapshot_atEveryOffset_isThePrefix(long seed) {
    String id = begin();
    Random random = new Random(seed);
    Reduction expected = Reduction.of(read(id));
    List<AgentSink.Making> makings = makings(seed, 600);
    int at = 0;
    while (at < makings.size()) {
      int count = Math.min(makings.size() - at, 1 + random.nextInt(7));
      List<AgentSink.Making> batch = makings.subList(at, at + count);
      writer(id).append(run -> batch);
      for (AgentSink.Making making : batch) expected.accept(making.of(expected, clock.instant()));
      at += count;
      assertThat(read(id)).isEqualTo(expected.execution());
      if (random.nextInt(10) == 0) runs = recovered();
    }
    assertThat(new RunStore(tenant).head(id).orElseThrow().ended()).isTrue();
    assertThat(pages(id)).isNotEmpty();
  }

  /** As after a restart. */
  private Runs recovered() {
    Runs next = runs();
    next.start(freshet);
    return next;
  }

  private List<TopicState> pages(String id) {
    List<TopicState> pages = new ArrayList<>();
    try (StateCut cut =
        tenant.log().states(List.of(TopicPattern.of("$agents/steps/" + id + "/*")))) {
      cut.forEachRemaining(pages::add);
    }
    return pages;
  }

  @Test
  void longRun_keepsItsCheckpointSmall_andWritesEachStepAboutTwice() {
    String id = begin();
    RunWriter writer = writer(id);
    int largest = 0;
    for (int i = 0; i < 5000; i++) {
      String call = "c" + i;
      writer.append((run, now) -> start(now, call));
      writer.append((run, now) -> end(now, call));
      if (i % 100 == 0)
        largest = Math.max(largest, new RunStore(tenant).head(id).orElseThrow().value().length());
    }
    assertThat(largest).isLessThan(EVENT_BYTES);
    assertThat(read(id).steps()).hasSize(5000);
    assertThat(pages(id)).allMatch(page -> page.version() == 1);
    long written = tenant.log().head().offset();
    assertThat(written).isLessThan(10_000 + 1500);
  }

  @Test
  @DisplayName("R1: params that no state has room for, in depth, do not keep a run from its end")
  void paramsThatAreNestedDeeply_areKeptAsText() {
    String id = begin();
    String deep = "{\"a\":".repeat(125) + "1" + "}".repeat(125);
    JsonNode params = Json.parse(deep).node();
    writer(id).append((run, now) -> new AgentEvent.ToolStart(now, "c", "tool", params));
    writer(id).append((run, now) -> Runs.failure(run, now, ErrorCode.AGENT_FAILED, "over"));
    Execution run = read(id);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(((Step.Call) run.steps().getFirst()).params().path("preview").asString())
        .isEqualTo(deep);
    assertThat(new RunStore(tenant).value(new RunTopics(id).result("c")).orElseThrow())
        .isEqualTo(Json.MAPPER.createObjectNode().put("params", deep));
  }

  @Test
  @DisplayName("R1: viewers take no room from the run")
  void runWithManyViewers_endsAfterARestart() {
    String id = begin();
    for (int i = 0; i < 60; i++) {
      String phase = "p" + i;
      String name = "n".repeat(900);
      int index = i;
      writer(id).append((run, now) -> new AgentEvent.PhaseStart(now, phase, name, index));
      writer(id).append((run, now) -> new AgentEvent.PhaseComplete(now, phase, name, index, 1));
    }
    List<String> viewers = IntStream.range(0, 200).mapToObj(i -> i + "€".repeat(190)).toList();
    runs.share(tenant, id, viewers);
    runs = recovered();
    writer(id).append((run, now) -> Runs.failure(run, now, ErrorCode.AGENT_FAILED, "over"));
    assertThat(read(id).status()).isEqualTo(RunStatus.FAILED);
    assertThat(read(id).viewers()).isEqualTo(viewers);
  }

  @Test
  void runThatCannotBeRead_doesNotKeepTheOthersFromBeingTakenUp() {
    String id = begin();
    String broken =
        runs.begin(tenant, Beginning.told("ada", "t", null, true, "y")).orElseThrow().id();
    tenant.states().put(new RunTopics(broken).run(), Json.parse("{}").node(), WriteOptions.NONE);
    runs = recovered();
    assertThat(runs.running(tenant)).isEqualTo(1);
    writer(id).append((run, now) -> start(now, "a"));
  }

  @Test
  @DisplayName("R1: a run whose end was not heard of does not count for ever")
  void runThatEndedUnheard_isForgotten() {
    String id = begin();
    runs = recovered();
    new RunWriter(tenant, id, runs.settings(), (w, e) -> {})
        .append((run, now) -> Runs.failure(run, now, ErrorCode.AGENT_FAILED, "over"));
    assertThat(runs.running(tenant)).isEqualTo(1);
    millis.addAndGet(Duration.ofHours(1).toMillis());
    await().untilAsserted(() -> assertThat(runs.running(tenant)).isZero());
  }

  private static AgentEvent start(Instant now, String call) {
    return new AgentEvent.ToolStart(now, call, "tool", Json.parse("{\"n\":1}").node());
  }

  private static AgentEvent end(Instant now, String call) {
    return new AgentEvent.ToolComplete(
        now, call, "tool", Outcome.SUCCEEDED, null, null, 1, List.of());
  }

  @Test
  @DisplayName("L4: a batch that breaks a rule leaves the run as it was")
  void refusedBatch_leavesTheRunAsItWas() {
    String id = begin();
    writer(id).append((run, now) -> start(now, "a"));
    Execution before = read(id);
    assertThatThrownBy(() ->
            writer(id)
                .append(run -> List.of((at, now) -> start(now, "b"), (at, now) -> start(now, "a"))))
        .isInstanceOf(EventOrderException.class);
    assertThat(read(id)).isEqualTo(before);
    writer(id).append((run, now) -> start(now, "b"));
    assertThat(read(id).steps()).hasSize(2);
  }

  @Test
  @DisplayName("R1: a run has so many calls open at once")
  void callsThatStayOpen_areBounded() {
    String id = begin();
    for (int i = 0; i < 100; i++) {
      String call = "c" + i;
      writer(id).append((run, now) -> start(now, call));
    }
    assertThatThrownBy(() -> writer(id).append((run, now) -> start(now, "more")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("100 calls at once");
    writer(id).append((run, now) -> end(now, "c7"));
    writer(id).append((run, now) -> start(now, "more"));
  }

  @Test
  void runThatHasEnded_isRemovedWhenItsTimeIsOver() throws Exception {
    String id = begin();
    String open =
        runs.begin(tenant, Beginning.told("ada", "t", null, true, "y")).orElseThrow().id();
    Files.writeString(runs.directories().made("acme", id).resolve("f"), "f");
    List<AgentSink.Making> all = makings(3, 300);
    writer(id).append(run -> all);
    Expiry expiry = new Expiry(runs);
    expiry.sweep(tenant);
    assertThat(new RunStore(tenant).head(id)).isPresent();
    millis.addAndGet(Duration.ofDays(2).toMillis());
    expiry.sweep(tenant);
    assertThat(new RunStore(tenant).head(id)).isEmpty();
    assertThat(new RunStore(tenant).head(open)).isPresent();
    assertThat(pages(id)).isEmpty();
    assertThat(directory.resolve("acme").resolve(id)).doesNotExist();
    assertThat(tenant.log().states(List.of(TopicPattern.of("$agents/results/" + id + "/**"))))
        .isExhausted();
    String again = begin();
    assertThat(again).isNotEqualTo(id);
  }

  @Test
  void runThatIsGone_takesNothing() {
    String id = begin();
    RunWriter writer = writer(id);
    runs.delete(tenant, id);
    assertThatThrownBy(() ->
            new RunWriter(tenant, id, runs.settings(), (w, e) -> {})
                .append((run, now) -> start(now, "a")))
        .isInstanceOf(RunEndedException.class);
    assertThat(Optional.ofNullable(writer.id())).isPresent();
    assertThat(tenant.log().last(Filter.of("$agents/runs/" + id), Long.MAX_VALUE, 1))
        .singleElement()
        .satisfies(last -> assertThat(last.event().end()).isTrue());
  }
}
