package dev.freshet.agents.agui;

import dev.freshet.access.Grant;
import dev.freshet.agents.event.Approval;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.route.Access;
import dev.freshet.agents.route.Approving;
import dev.freshet.agents.route.Executing;
import dev.freshet.agents.route.Failures;
import dev.freshet.agents.run.RunNames;
import dev.freshet.agents.run.RunStore;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.agents.run.Runs;
import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.application.IdempotencyKey;
import dev.freshet.application.Problem;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Filter;
import dev.freshet.event.Position;
import dev.freshet.log.TopicState;
import dev.freshet.view.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /api/agent/ag-ui}: begins a run, goes on with one that was interrupted, or attaches
 * to one that is known. AG-UI's run is a stretch of ours, from its beginning or from an approval to
 * the next or to the end; what the client calls it is a name of that stretch.
 */
public final class AgUiFeed implements Feed {
  private final Executing executing;
  private final Resumption resumption;

  public AgUiFeed(Runs runs, Executing executing) {
    this.executing = executing;
    this.resumption = new Resumption(new Approving(runs));
  }

  @Override
  public Optional<Selection> select(Call call) {
    requireStream(call);
    RunInput input = new RunInput(call.body().orElseThrow());
    String name = "ag-ui:" + IdempotencyKey.sum(input.threadId() + "\n" + input.runId());
    RunNames names = new RunNames(call.tenant());
    Optional<RunNames.Named> known = names.find(call.principal().subject(), name);
    if (known.isPresent()) return attach(call, input, known.get(), true);
    if (input.resume().isEmpty()) return attach(call, input, begin(call, input, name), false);
    RunNames.Named next = resumption.resume(call, input.resume());
    names.add(next, name);
    return attach(call, input, next, false);
  }

  private static void requireStream(Call call) {
    String accepted = call.header("Accept").orElse("").toLowerCase(Locale.ROOT);
    if (accepted.isBlank() || accepted.contains("event-stream") || accepted.contains("*/*")) return;
    throw new ProblemException(
        new Problem(406, "not_acceptable", "a run is a stream; accept text/event-stream"));
  }

  private RunNames.Named begin(Call call, RunInput input, String name) {
    String model = input.model().orElse(null);
    String id = executing.begin(call, input.task(), input.context(), model, name);
    return new RunNames.Named(id, 0);
  }

  /**
   * @param again whether the client may have heard some of it before
   */
  private static Optional<Selection> attach(
      Call call, RunInput input, RunNames.Named part, boolean again) {
    RunStore store = new Access(call).store();
    TopicState head = store.head(part.id()).orElseThrow(Failures::notFound);
    long after = part.after() > 0 ? part.after() : RunStore.first(head) - 1;
    Optional<Execution> before = part.after() > 0 ? store.at(head, after) : Optional.empty();
    Names names = new Names(part.id());
    Translation translation =
        new Translation(names, input.threadId(), input.runId(), announced(before));
    Optional<String> seen = seen(call, after);
    if (seen.isPresent() && over(call, store, head, after, seen.get())) return Optional.empty();
    Instant now = call.tenant().clock().instant();
    List<ObjectNode> beginning = new ArrayList<>();
    beginning.add(translation.started(now));
    if (again) beginning.addAll(restated(names, before, input, now));
    before.ifPresent(run -> beginning.addAll(translation.resumed(run, now)));
    List<ObjectNode> anew = new ArrayList<>();
    anew.add(translation.started(now));
    anew.addAll(restated(names, Optional.empty(), input, now));
    Optional<Frame> opening =
        seen.isPresent() ? Optional.empty() : Optional.of(AgUiEvent.frame(beginning, false));
    ObjectNode lost = new AgUiEvent(names, now).runError("", "reset");
    String topic = new RunTopics(part.id()).run().path();
    Selection selection =
        new Selection(Filter.of(topic), new AgUiRepresentation(call.tenant(), translation))
            .reading(Grant.of(topic))
            .with(new AgUiVoice(opening, anew, lost));
    return Optional.of(seen.isPresent() ? selection : selection.from(token(call, after)));
  }

  private static Set<String> announced(Optional<Execution> before) {
    return before.stream()
        .flatMap(run -> run.approvals().stream())
        .map(Approval::callId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<ObjectNode> restated(
      Names names, Optional<Execution> before, RunInput input, Instant now) {
    return new Restatement(names, before)
            .of(input.messages())
            .map(messages -> new AgUiEvent(names, now).messagesSnapshot(messages))
            .stream()
            .toList();
  }

  /** What the client has seen last; none where it is of the part before. */
  private static Optional<String> seen(Call call, long after) {
    long epoch = call.tenant().log().epoch();
    return call.header("Last-Event-ID")
        .filter(token -> !token.isEmpty())
        .filter(token ->
            Position.parse(token)
                .filter(at -> at.epoch() == epoch && at.offset() <= after)
                .isEmpty());
  }

  /** Whether AG-UI's run has ended, and the client has seen it. */
  private static boolean over(Call call, RunStore store, TopicState head, long after, String seen) {
    long epoch = call.tenant().log().epoch();
    return store.asked(head, after, 1).stream()
        .anyMatch(asked ->
            Position.parse(seen)
                .filter(at -> at.epoch() == epoch && at.offset() >= asked.offset())
                .isPresent());
  }

  private static String token(Call call, long offset) {
    return new Position(call.tenant().log().epoch(), offset).token();
  }
}
