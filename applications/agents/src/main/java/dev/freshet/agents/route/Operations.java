package dev.freshet.agents.route;

import dev.freshet.Tenant;
import dev.freshet.agents.Agent;
import dev.freshet.agents.Text;
import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Decision;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.event.RunEndedException;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.agents.event.Step;
import dev.freshet.agents.run.Beginning;
import dev.freshet.agents.run.RunException;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.agents.run.RunWriter;
import dev.freshet.agents.run.Runs;
import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.application.IdempotencyKey;
import dev.freshet.application.Operation;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is done with runs by request. */
public final class Operations {
  private final Runs runs;
  private final Executing executing;
  private final Reporting reporting;
  private final RunFiles files;
  private final Approving approving;

  /**
   * @param agent the server's own, if it has one
   */
  public Operations(Runs runs, Optional<Agent> agent) {
    this.runs = runs;
    this.executing = new Executing(runs, agent);
    this.reporting = new Reporting(runs);
    this.files = new RunFiles(runs.directories());
    this.approving = new Approving(runs);
  }

  /** By the routes' operation ids. */
  public Map<String, Operation> all() {
    return Map.ofEntries(
        Map.entry("execute", executing::execute),
        Map.entry("listAgentModels", executing::models),
        Map.entry("beginExecution", this::begin),
        Map.entry("reportEvents", reporting::report),
        Map.entry("listExecutions", call -> Reply.of(200, new Listing(call).json())),
        Map.entry("readExecution", this::read),
        Map.entry("cancelExecution", this::cancel),
        Map.entry("resolveApproval", this::resolve),
        Map.entry("shareExecution", this::share),
        Map.entry("deleteExecution", this::delete),
        Map.entry("listRunFiles", files::list),
        Map.entry("readRunFile", files::read),
        Map.entry("readCallResult", this::callResult),
        Map.entry("readRunResult", this::runResult));
  }

  public Executing executing() {
    return executing;
  }

  public Map<String, Feed> feeds() {
    return Map.of("streamExecution", new RunFeed(runs));
  }

  private Reply begin(Call call) {
    Access access = new Access(call);
    access.requireBeginning();
    JsonNode body = call.body().orElseThrow();
    String owner = owner(call, body);
    Beginning beginning =
        new Beginning(
            owner,
            Text.clean(body.path("task").asString()),
            body.hasNonNull("model")
                ? Json.MAPPER.treeToValue(body.get("model"), Model.class)
                : null,
            null,
            true,
            Optional.empty(),
            Optional.ofNullable(body.path("externalId").asString(null)),
            "");
    Beginning.Begun begun = begun(call.tenant(), beginning);
    return located(call, begun.created() ? 201 : 200, begun.id());
  }

  private static String owner(Call call, JsonNode body) {
    String self = call.principal().subject();
    String owner = body.path("owner").asString(self);
    if (!owner.equals(self) && !call.principal().write().covers(RunTopics.RUNS))
      throw Failures.forbidden(new RunTopics(":any").run());
    return owner;
  }

  private Beginning.Begun begun(Tenant tenant, Beginning beginning) {
    try {
      return runs.begin(tenant, beginning).orElseThrow(Failures::forgotten);
    } catch (RunException refused) {
      throw Failures.of(refused);
    }
  }

  static Reply located(Call call, int status, String id) {
    Execution execution = new Access(call).store().read(id).orElseThrow(Failures::notFound);
    return Reply.of(status, Json.MAPPER.valueToTree(execution))
        .with("Location", "/api/agent/executions/" + id);
  }

  private Reply read(Call call) {
    Reply reply = answer(call, new Access(call).readable().topics());
    boolean known =
        call.header("If-None-Match").equals(Optional.ofNullable(reply.headers().get("ETag")));
    return known ? Reply.empty(304).with("ETag", reply.headers().getOrDefault("ETag", "")) : reply;
  }

  /** The run as it is now. */
  private static Reply answer(Call call, RunTopics topics) {
    Execution execution =
        new Access(call).store().read(topics.id()).orElseThrow(Failures::notFound);
    ObjectNode node = Json.MAPPER.valueToTree(execution);
    String viewers = IdempotencyKey.sum(String.join("\n", execution.viewers())).substring(0, 8);
    return Reply.of(200, node).with("ETag", "\"" + execution.sequence() + "." + viewers + "\"");
  }

  private RunWriter writer(Call call, RunTopics topics) {
    return runs.writer(call.tenant(), topics).orElseThrow(Failures::notFound);
  }

  private Reply cancel(Call call) {
    RunTopics topics = new Access(call).writable();
    String reason = call.body().map(body -> body.path("reason").asString(null)).orElse(null);
    try {
      cancel(call, topics, reason);
    } catch (RunEndedException ended) {
      if (ended.status() != RunStatus.CANCELLED) throw Failures.finished(ended.status());
    }
    return answer(call, topics);
  }

  private void cancel(Call call, RunTopics topics, @Nullable String reason) {
    String by = call.principal().subject();
    writer(call, topics)
        .append((run, now) ->
            new AgentEvent.ExecutionCancelled(now, by, reason, Runs.age(run, now), run.open()));
  }

  private Reply resolve(Call call) {
    RunTopics topics = new Access(call).writable();
    String id = call.pathParameter("approval_id");
    JsonNode body = call.body().orElseThrow();
    Decision decision =
        body.path("decision").asString().equals("approve") ? Decision.APPROVED : Decision.REJECTED;
    String reason = body.path("reason").asString(null);
    approving.resolve(call, topics, id, decision, reason);
    return answer(call, topics);
  }

  private Reply share(Call call) {
    RunTopics topics = new Access(call).writable();
    List<String> viewers =
        StreamSupport.stream(call.body().orElseThrow().path("viewers").spliterator(), false)
            .map(JsonNode::asString)
            .distinct()
            .toList();
    runs.share(call.tenant(), topics.id(), viewers);
    return answer(call, topics);
  }

  private Reply delete(Call call) {
    RunTopics topics = new Access(call).writable();
    try {
      cancel(call, topics, null);
    } catch (RunEndedException ended) {
      // So much the better.
    }
    runs.delete(call.tenant(), topics.id());
    return Reply.empty(204);
  }

  private Reply callResult(Call call) {
    RunTopics topics = new Access(call).readable().topics();
    String id = call.pathParameter("call_id");
    Access access = new Access(call);
    Step.Call step =
        access.store().read(topics.id()).stream()
            .flatMap(execution -> execution.steps().stream())
            .filter(Step.Call.class::isInstance)
            .map(Step.Call.class::cast)
            .filter(c -> c.callId().equals(id))
            .findFirst()
            .orElseThrow(() -> Failures.nothingThere("call"));
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.set("params", step.params());
    whole.set("result", Json.MAPPER.valueToTree(step.result()));
    access.store().value(topics.result(id)).ifPresent(kept -> whole.setAll((ObjectNode) kept));
    return Reply.of(200, whole);
  }

  private Reply runResult(Call call) {
    RunTopics topics = new Access(call).readable().topics();
    Access access = new Access(call);
    Execution execution = access.store().read(topics.id()).orElseThrow(Failures::notFound);
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.set("result", Json.MAPPER.valueToTree(execution.result()));
    access.store().value(topics.result()).ifPresent(kept -> whole.setAll((ObjectNode) kept));
    return Reply.of(200, whole);
  }
}
