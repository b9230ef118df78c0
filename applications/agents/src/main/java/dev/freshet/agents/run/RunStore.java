package dev.freshet.agents.run;

import dev.freshet.Tenant;
import dev.freshet.agents.event.EventType;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Reduction;
import dev.freshet.application.Ids;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import dev.freshet.log.Slice;
import dev.freshet.log.TopicState;
import dev.freshet.log.TopicSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the runs of one tenant. */
public record RunStore(Tenant tenant) {
  private static final int SLICE = 512;
  private static final int SCAN = 256;

  /** The run's checkpoint, if there is such a run and it was not deleted. */
  public Optional<TopicState> head(String id) {
    if (!Ids.valid(id)) return Optional.empty();
    return state(new RunTopics(id).run());
  }

  private Optional<TopicState> state(Topic topic) {
    return tenant.log().state(topic).filter(state -> state.value() != null);
  }

  /** What a topic of a run holds; empty if nothing. */
  public Optional<JsonNode> value(Topic topic) {
    return state(topic).map(s -> Objects.requireNonNull(s.value()).node());
  }

  public Optional<RunAccess> access(String id) {
    return value(new RunTopics(id).access())
        .map(node -> Json.MAPPER.treeToValue(node, RunAccess.class));
  }

  /** The run as it stands. */
  public Optional<Execution> read(String id) {
    return head(id).map(head -> whole(head, Long.MAX_VALUE));
  }

  /** The run as its checkpoint has it, without most of its steps; its viewers are those of now. */
  public Optional<Execution> summary(String id) {
    return head(id)
        .map(head -> {
          Reduction run = Reduction.of(checkpoint(head).head());
          access(id).ifPresent(access -> run.viewers(access.viewers()));
          return run.execution();
        });
  }

  /** A run from its checkpoint on, up to a log offset. */
  public Execution whole(TopicState head, long upTo) {
    Reduction run = checkpoint(head).whole(from -> page(head, from));
    fold(run, head, upTo);
    access(RunTopics.of(head.topic()).id()).ifPresent(access -> run.viewers(access.viewers()));
    return run.execution();
  }

  /** A run to go on with: without the steps that are in pages, and its viewers. */
  Reduction detached(TopicState head) {
    Reduction run = checkpoint(head).detached(from -> page(head, from));
    fold(run, head, Long.MAX_VALUE);
    return run;
  }

  static Checkpoint checkpoint(TopicState head) {
    return Checkpoint.of(Objects.requireNonNull(head.value()).node());
  }

  private @Nullable StepPage page(TopicState head, int from) {
    return value(RunTopics.of(head.topic()).steps(from))
        .map(node -> Json.MAPPER.treeToValue(node, StepPage.class))
        .orElse(null);
  }

  /** What retention has taken of the events since the checkpoint is left out. */
  private void fold(Reduction run, TopicState head, long upTo) {
    if (head.ended() || head.offset() >= upTo) return;
    Filter filter = Filter.of(head.topic().path());
    long end = Math.min(upTo, tenant.log().head().offset());
    try {
      long at = head.offset();
      while (at < end) {
        Slice slice = tenant.log().read(filter, at, end, SLICE);
        slice.events().forEach(event -> take(run, event));
        at = slice.through();
      }
    } catch (LogException.Truncated gone) {
      // The checkpoint is what there is.
    }
  }

  /** The run as it was at a log offset; empty where retention has taken some of it. */
  public Optional<Execution> at(TopicState head, long offset) {
    Reduction run = new Reduction();
    Filter filter = Filter.of(head.topic().path());
    try {
      long at = first(head) - 1;
      while (at < offset) {
        Slice slice = tenant.log().read(filter, at, offset, SLICE);
        slice.events().forEach(event -> take(run, event));
        at = slice.through();
      }
    } catch (LogException.Truncated gone) {
      return Optional.empty();
    }
    return Optional.of(run.execution());
  }

  /**
   * Where people were asked for an approval, behind a log offset, in the order of the log; at most
   * so many.
   */
  public List<Recorded> asked(TopicState head, long after, int most) {
    Filter filter =
        new Filter(
            List.of(TopicPattern.of(head.topic().path())),
            Set.of(EventType.APPROVAL_REQUESTED.wire()));
    try {
      return tenant.log().read(filter, after, tenant.log().head().offset(), most).events();
    } catch (LogException.Truncated gone) {
      return List.of();
    }
  }

  private static void take(Reduction run, Recorded recorded) {
    if (recorded.revision() != null) return;
    EventType.named(recorded.event().type())
        .ifPresent(type -> run.accept(type.read(recorded.event().data())));
  }

  /** The log offset of the run's first event. */
  public static long first(TopicState head) {
    long first = checkpoint(head).first();
    return first == 0 ? head.offset() - 1 : first;
  }

  /** Runs after one, in the order of their ids, newest first; deleted ones among them. */
  public List<TopicSummary> after(Optional<String> id) {
    return tenant.log().topics(RunTopics.RUNS, id.map(i -> Topic.of("$agents/runs/" + i)), SCAN);
  }

  /** The ids of the runs that have not ended, oldest first. */
  List<String> unfinished() {
    List<String> found = new ArrayList<>();
    Optional<String> last = Optional.empty();
    for (List<TopicSummary> some = after(last); !some.isEmpty(); some = after(last)) {
      some.stream().filter(t -> !t.ended()).forEach(t -> found.add(RunTopics.of(t.topic()).id()));
      last = Optional.of(RunTopics.of(some.getLast().topic()).id());
    }
    return found.reversed();
  }
}
