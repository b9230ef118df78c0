package dev.freshet.tasks;

import dev.freshet.event.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A kind of another application's: each task does its parts as the test opens the gate. */
final class Gated implements TaskKind {
  private final Semaphore gate = new Semaphore(0);
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final List<String> discarded = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger left = new AtomicInteger();

  void open(int parts) {
    gate.release(parts);
  }

  /** Tenants of tasks, as they were begun. */
  List<String> begun() {
    return List.copyOf(begun);
  }

  List<String> discarded() {
    return List.copyOf(discarded);
  }

  /** Runs that were interrupted. */
  int left() {
    return left.get();
  }

  @Override
  public String name() {
    return "gated";
  }

  @Override
  public Plan plan(String tenant, JsonNode params) {
    int parts = params.path("parts").asInt();
    return new Plan(
        Json.MAPPER.createObjectNode().put("parts", parts),
        IntStream.range(0, parts).mapToObj(i -> new Part("part " + i, 10L)).toList());
  }

  @Override
  public void run(TaskRun run) throws TaskFailure, InterruptedException {
    begun.add(run.tenant());
    if (run.params().path("fails").asBoolean()) throw new TaskFailure("no_luck", "it was to fail");
    if (run.params().path("breaks").asBoolean()) throw new IllegalStateException("a secret");
    for (int i = 0; i < run.subtasks().size(); i++) {
      if (run.subtasks().get(i).status().terminal()) continue;
      part(run, i);
    }
  }

  private void part(TaskRun run, int index) throws InterruptedException {
    TaskRun.Report report = run.subtask(index);
    report.attempt();
    report.status(Status.RUNNING);
    try {
      gate.acquire();
    } catch (InterruptedException told) {
      left.incrementAndGet();
      throw told;
    }
    report.add(10);
    if (run.params().path("bad").asInt(-1) == index) report.failed(new TaskError("bad", "is bad"));
    else report.completed("0".repeat(64));
    run.save();
  }

  @Override
  public void discard(String tenant, JsonNode params) {
    discarded.add(tenant);
  }
}
