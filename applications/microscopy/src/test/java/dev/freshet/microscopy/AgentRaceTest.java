package dev.freshet.microscopy;

import static dev.freshet.microscopy.AgentData.ack;
import static dev.freshet.microscopy.AgentData.agent;
import static dev.freshet.microscopy.AgentData.attend;
import static dev.freshet.microscopy.AgentData.follow;
import static dev.freshet.microscopy.AgentData.head;
import static dev.freshet.microscopy.AgentData.instructions;
import static dev.freshet.microscopy.AgentData.ok;
import static dev.freshet.microscopy.AgentData.path;
import static dev.freshet.microscopy.AgentData.session;
import static dev.freshet.microscopy.AgentData.topics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.application.Attendant;
import dev.freshet.microscopy.AgentData.Stub;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Many at once: nothing is lost, nothing is left behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AgentRaceTest {
  private final Api api = Api.open();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<String> made = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void close() {
    over.set(true);
    threads.close();
    api.close();
  }

  /** Makes instructions until it is over, or the session is. */
  private void make() {
    while (!over.get()) {
      Api.Answer answer =
          api.post("/debug/session/s/create-instruction", "{'instruction_type':'a'}");
      if (answer.status() == 409) return;
      made.add(ok(answer).path("instruction_id").asString());
    }
  }

  private List<Future<?>> start(int count, Runnable work) {
    List<Future<?>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) started.add(threads.submit(work));
    return started;
  }

  private static void join(List<Future<?>> started)
      throws ExecutionException, InterruptedException {
    for (Future<?> one : started) one.get();
  }

  private void awaitMade(int count) {
    while (made.size() < count) Thread.onSpinWait();
  }

  @RepeatedTest(10)
  void close_whileInstructionsAreMadeAndDelivered_leavesNoneOpen() throws Exception {
    session(api, "k", "s", "'instrument_id':'m12'");
    Attendant attendant = attend(follow(api, "k", "s"), new Stub("c", false));
    List<Future<?>> makers = start(4, this::make);
    List<Future<?>> delivery =
        start(
            1,
            () -> {
              while (!over.get()) attendant.delivered(head(api));
            });
    awaitMade(20);
    ok(api.delete("/debug/sessions/s/close"));
    join(makers);
    over.set(true);
    join(delivery);
    assertThat(instructions(api, "s"))
        .hasSameSizeAs(made)
        .allSatisfy(i -> assertThat(i.path("status").asString()).isEqualTo("cancelled"));
  }

  @RepeatedTest(5)
  void move_whileEverythingGoesOn_losesNothing() throws Exception {
    SessionData.acquisition(api, "a", "m1");
    session(api, "k", "s", "'acquisition_uuid':'a'");
    List<Future<?>> started = new ArrayList<>(start(3, this::make));
    started.addAll(start(2, this::beat));
    for (int i = 0; i < 10; i++) {
      awaitMade(10 * i);
      String instrument = "m" + (2 - i % 2);
      Api.Answer moved = api.put("/acquisitions/a", "{'instrument_id':'" + instrument + "'}");
      assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
    }
    over.set(true);
    join(started);
    assertThat(instructions(api, "s"))
        .extracting(i -> i.path("instruction_id").asString())
        .containsExactlyInAnyOrderElementsOf(made);
    assertThat(topics(api, "instruments/m2/agents/**")).isEmpty();
    assertThat(topics(api, "instruments/m1/agents/k/status")).hasSize(1);
    assertThat(agent(api, "m1", "k").sessionId()).isEqualTo("s");
  }

  private void beat() {
    while (!over.get()) ok(api.post(path("k", "s") + "/heartbeat", ""));
  }

  @RepeatedTest(5)
  void acknowledgements_ofTheSame_countOnce_andOneFinalWins() throws Exception {
    session(api, "k", "s", "");
    String id = AgentData.instruct(api, "s", "'instruction_type':'a'");
    Attendant attendant = attend(follow(api, "k", "s"), new Stub("c", false));
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    List<Future<?>> started = new ArrayList<>();
    for (String status : List.of("processed", "processed", "failed", "failed"))
      started.addAll(start(1, () -> statuses.add(ack(api, "k", "s", id, status).status())));
    started.addAll(start(2, () -> attendant.delivered(head(api))));
    join(started);
    assertThat(statuses).containsExactlyInAnyOrder(200, 200, 409, 409);
    assertThat(AgentData.instruction(api, "s", id).path("acknowledgements_count").asInt()).isOne();
    assertThat(AgentData.status(api, "s", id)).isEqualTo("acknowledged");
  }

  @RepeatedTest(5)
  void connections_openedAndClosedAtOnce_areCountedRight() throws Exception {
    session(api, "k", "s", "'instrument_id':'m12'");
    List<Attendant> stay = new ArrayList<>();
    for (int i = 0; i < 3; i++) stay.add(follow(api, "k", "s").attendant().orElseThrow());
    List<Future<?>> started = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Attendant staying = stay.get(i);
      Stub stream = new Stub("stay" + i, false);
      started.addAll(start(1, () -> staying.opened(stream)));
      Stub passing = new Stub("go" + i, false);
      started.addAll(start(1, () -> attend(follow(api, "k", "s"), passing).closed("disconnected")));
    }
    join(started);
    assertThat(agent(api, "m12", "k").connectionCount()).isEqualTo(3);
  }
}
