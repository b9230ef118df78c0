package dev.freshet.runtimes;

import dev.freshet.access.Principal;
import dev.freshet.application.Call;
import dev.freshet.application.Operation;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.runtime.Action;
import dev.freshet.runtime.ActionException;
import dev.freshet.runtime.Dispatched;
import dev.freshet.runtime.Runtime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** {@code POST /runtime/actions}: does what a client wants, where reducers and grants allow it. */
final class Dispatching implements Operation {
  private final Runtimes runtimes;

  Dispatching(Runtimes runtimes) {
    this.runtimes = runtimes;
  }

  private record Answer(String id, List<Dispatched.Change> changes, boolean duplicate) {}

  @Override
  public Reply handle(Call call) {
    JsonNode body = call.body().orElseThrow();
    Host host = runtimes.host(body.path("runtime").asStringOpt());
    Action action = action(body);
    check(host.runtime(), action, call.principal());
    try {
      return reply(host, action, call);
    } catch (ActionException failure) {
      throw Failures.of(failure);
    }
  }

  private static Action action(JsonNode body) {
    Optional<String> id = body.path("id").asStringOpt();
    Json payload = body.has("payload") ? Json.of(body.path("payload")) : Json.NULL;
    return new Action(
        body.path("type").asString(), payload, id.orElseGet(() -> UUID.randomUUID().toString()));
  }

  private static void check(Runtime runtime, Action action, Principal principal) {
    Visible visible = new Visible(runtime, principal);
    boolean known =
        runtime.names().stream()
            .anyMatch(s -> visible.slice(s) || principal.write().permits(runtime.topic(s)));
    if (!known) throw Failures.noRuntime(runtime.name());
    for (String slice : runtime.taking(action, true)) {
      Topic topic = runtime.topic(slice);
      if (principal.write().permits(topic)) continue;
      throw visible.slice(slice) ? Failures.forbidden(topic) : Failures.noSlice(slice);
    }
  }

  private static Reply reply(Host host, Action action, Call call) {
    Dispatched done = host.in(call.tenant()).accept(action, call.principal().subject());
    Visible visible = new Visible(host.runtime(), call.principal());
    List<Dispatched.Change> seen =
        done.changes().stream().filter(change -> visible.slice(change.slice())).toList();
    return Reply.of(200, Json.from(new Answer(action.id(), seen, done.duplicate())).node());
  }
}
