package dev.freshet.agents.route;

import dev.freshet.agents.run.RunAccess;
import dev.freshet.agents.run.RunStore;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.application.Call;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Topic;
import dev.freshet.log.TopicState;
import java.util.Optional;

/** What a call may do with runs: one that it may not read does not exist for it (A1). */
public record Access(Call call) {
  /** Whoever may write it may begin runs. Nothing is kept there. */
  private static final Topic BEGINNING = Topic.of("agents/runs");

  /**
   * A run that the caller may read.
   *
   * @param granted whether a read grant says so, and not only whose it is
   */
  record Found(RunTopics topics, TopicState head, boolean granted) {}

  public RunStore store() {
    return new RunStore(call.tenant());
  }

  /** The run that the path names, which the caller may read. */
  Found readable() {
    String id = call.pathParameter("execution_id");
    TopicState head = store().head(id).orElseThrow(Failures::notFound);
    boolean granted = call.principal().read().permits(head.topic());
    if (!granted && !mine(id)) throw Failures.notFound();
    return new Found(new RunTopics(id), head, granted);
  }

  private boolean mine(String id) {
    return store().access(id).filter(a -> a.admits(call.principal().subject())).isPresent();
  }

  /** Whether the caller may read this run, of which this is known. */
  boolean reads(String id, Optional<RunAccess> of) {
    return call.principal().read().permits(new RunTopics(id).run())
        || of.filter(a -> a.admits(call.principal().subject())).isPresent();
  }

  /** The run that the path names, which the caller may read and change. */
  RunTopics writable() {
    Found run = readable();
    String owner = store().access(run.topics().id()).map(RunAccess::owner).orElse("");
    boolean changes =
        owner.equals(call.principal().subject())
            || call.principal().write().permits(run.topics().run());
    if (!changes) throw Failures.notTheirs();
    return run.topics();
  }

  /**
   * @throws ProblemException if the caller may not begin runs
   */
  public void requireBeginning() {
    if (!call.principal().write().permits(BEGINNING)) throw Failures.forbidden(BEGINNING);
  }
}
