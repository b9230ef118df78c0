package dev.freshet.tasks;

import dev.freshet.application.Call;
import dev.freshet.application.Ids;
import dev.freshet.event.Json;
import dev.freshet.log.TopicState;
import dev.freshet.log.TopicSummary;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One page of tasks, newest first. */
final class Listing {
  private static final int DEFAULT_LIMIT = 50;

  /** So many are looked at for one page, matching or not (R1). */
  private static final int MAX_LOOKED_AT = 5000;

  private final Call call;
  private final Ledger ledger;
  private final Set<Status> statuses;
  private final Optional<String> kind;
  private final int limit;
  private final ArrayNode tasks = Json.MAPPER.createArrayNode();
  private Optional<String> last;

  Listing(Call call) {
    this.call = call;
    this.ledger = new Ledger(call.tenant());
    this.statuses = statuses(call.queryParameter("status").orElse(""));
    this.kind = call.queryParameter("kind");
    this.limit = call.queryParameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    this.last = call.queryParameter("cursor");
    last.filter(cursor -> !Ids.valid(cursor))
        .ifPresent(cursor -> {
          throw Failures.invalid("query", "cursor", "is not one that a page has given");
        });
  }

  private static Set<Status> statuses(String list) {
    Set<Status> statuses = EnumSet.noneOf(Status.class);
    Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(name -> statuses.add(status(name)));
    return statuses.isEmpty() ? EnumSet.allOf(Status.class) : statuses;
  }

  private static Status status(String name) {
    List<String> all = Arrays.stream(Status.values()).map(Status::wire).toList();
    return Status.named(name)
        .orElseThrow(() ->
            Failures.invalid(
                "query", "status", "'" + name + "' is not one of " + String.join(", ", all)));
  }

  ObjectNode json() {
    boolean more = fill();
    ObjectNode page = Json.MAPPER.createObjectNode();
    page.set("tasks", tasks);
    return page.put("cursor", more ? last.orElse(null) : null);
  }

  /** Adds tasks until the page is full; false if there are no more. */
  private boolean fill() {
    int looked = 0;
    for (List<TopicSummary> some = ledger.after(last); !some.isEmpty(); some = ledger.after(last)) {
      for (TopicSummary task : some) {
        if (tasks.size() == limit || looked++ == MAX_LOOKED_AT) return true;
        last = Optional.of(Ledger.id(task.topic()));
        add(task);
      }
    }
    return false;
  }

  private void add(TopicSummary task) {
    if (!call.principal().read().permits(task.topic())) return;
    ledger
        .state(Ledger.id(task.topic()))
        .map(TopicState::value)
        .map(value -> (ObjectNode) value.node())
        .filter(this::wanted)
        .ifPresent(detail -> tasks.add(TaskDetail.summary(detail)));
  }

  private boolean wanted(ObjectNode detail) {
    return statuses.contains(Status.of(detail.path("status").asString()))
        && kind.map(detail.path("kind").asString()::equals).orElse(true);
  }
}
