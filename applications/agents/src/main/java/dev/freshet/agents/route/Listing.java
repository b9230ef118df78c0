package dev.freshet.agents.route;

import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.run.RunAccess;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.application.Call;
import dev.freshet.application.Ids;
import dev.freshet.event.Json;
import dev.freshet.log.TopicSummary;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One page of runs, newest first. */
final class Listing {
  private static final int DEFAULT_LIMIT = 50;

  /** So many are looked at for one page, matching or not (R1). */
  private static final int MAX_LOOKED_AT = 5000;

  private final Access access;
  private final Set<RunStatus> statuses;
  private final int limit;
  private final ArrayNode executions = Json.MAPPER.createArrayNode();
  private Optional<String> last;

  Listing(Call call) {
    this.access = new Access(call);
    this.statuses = statuses(call.queryParameter("status").orElse(""));
    this.limit = call.queryParameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    this.last = call.queryParameter("cursor");
    last.filter(cursor -> !Ids.valid(cursor))
        .ifPresent(cursor -> {
          throw Failures.invalid("query", "cursor", "is not one that a page has given");
        });
  }

  private static Set<RunStatus> statuses(String list) {
    Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);
    Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(name -> statuses.add(status(name)));
    return statuses.isEmpty() ? EnumSet.allOf(RunStatus.class) : statuses;
  }

  private static RunStatus status(String name) {
    List<String> all = Arrays.stream(RunStatus.values()).map(RunStatus::wire).toList();
    return Arrays.stream(RunStatus.values())
        .filter(status -> status.wire().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Failures.invalid(
                "query", "status", "'" + name + "' is not one of " + String.join(", ", all)));
  }

  ObjectNode json() {
    boolean more = fill();
    ObjectNode page = Json.MAPPER.createObjectNode();
    page.set("executions", executions);
    return page.put("cursor", more ? last.orElse(null) : null);
  }

  /** Adds runs until the page is full; false if there are no more. */
  private boolean fill() {
    int looked = 0;
    while (true) {
      List<TopicSummary> some = access.store().after(last);
      if (some.isEmpty()) return false;
      for (TopicSummary run : some) {
        if (executions.size() == limit || looked++ == MAX_LOOKED_AT) return true;
        String id = RunTopics.of(run.topic()).id();
        last = Optional.of(id);
        add(id);
      }
    }
  }

  private void add(String id) {
    Optional<RunAccess> of = access.store().access(id);
    boolean wanted = of.filter(run -> statuses.contains(run.status())).isPresent();
    if (!wanted || !access.reads(id, of)) return;
    access.store().summary(id).ifPresent(execution -> executions.add(summary(execution)));
  }

  /** Without what makes it large. */
  private static ObjectNode summary(Execution execution) {
    ObjectNode node = Json.MAPPER.valueToTree(execution);
    node.remove(List.of("steps", "approvals"));
    if (node.get("plan") instanceof ObjectNode plan) plan.remove("phases");
    return node;
  }
}
