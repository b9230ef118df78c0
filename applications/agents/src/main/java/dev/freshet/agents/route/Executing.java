package dev.freshet.agents.route;

import dev.freshet.agents.Agent;
import dev.freshet.agents.Task;
import dev.freshet.agents.Text;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Model;
import dev.freshet.agents.run.Beginning;
import dev.freshet.agents.run.RunException;
import dev.freshet.agents.run.Runs;
import dev.freshet.agents.tool.SandboxPath;
import dev.freshet.agents.tool.ToolException;
import dev.freshet.application.Call;
import dev.freshet.application.IdempotencyKey;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Gives the server's own agent tasks: {@code POST /api/agent/execute}, and others. */
public final class Executing {
  private final Runs runs;
  private final Optional<Agent> agent;

  Executing(Runs runs, Optional<Agent> agent) {
    this.runs = runs;
    this.agent = agent;
  }

  Reply models(Call call) {
    Agent.Offer offer = agent.map(Agent::offer).orElseThrow(Failures::unavailable);
    return Reply.of(200, Json.MAPPER.valueToTree(offer));
  }

  /**
   * What the agent is given to do.
   *
   * @param text what else it is told
   * @param limits as a request has them
   * @param key of idempotency (L3)
   * @param name what its owner calls the run
   * @param request what was asked for, as a sum
   */
  private record Assignment(
      String task,
      @Nullable String text,
      @Nullable String model,
      JsonNode limits,
      List<Task.GivenFile> files,
      Optional<String> key,
      Optional<String> name,
      String request) {}

  Reply execute(Call call) {
    JsonNode body = call.body().orElseThrow();
    JsonNode context = body.path("context");
    String request = IdempotencyKey.sum(Json.of(body).toString());
    Assignment given =
        new Assignment(
            body.path("task").asString(),
            context.path("text").asString(null),
            body.path("model").asString(null),
            body.path("limits"),
            files(context.path("files")),
            IdempotencyKey.of(call, "a"),
            Optional.empty(),
            request);
    Beginning.Begun begun = begin(call, given);
    if (!begun.created()) requireSame(call, begun.id(), request);
    return Operations.located(call, begun.created() ? 202 : 200, begun.id());
  }

  /**
   * Gives the agent a task, as {@code POST /api/agent/execute} does.
   *
   * @param text what else it is told
   * @param model null for the default
   * @param name what the caller calls the run: with the same again no other is begun
   * @return the run's id
   */
  public String begin(
      Call call, String task, @Nullable String text, @Nullable String model, String name) {
    JsonNode limits = Json.MAPPER.createObjectNode();
    Assignment given =
        new Assignment(
            task, text, model, limits, List.of(), Optional.empty(), Optional.of(name), "");
    return begin(call, given).id();
  }

  private Beginning.Begun begin(Call call, Assignment given) {
    new Access(call).requireBeginning();
    Agent own = agent.orElseThrow(Failures::unavailable);
    Agent.Offer offer = own.offer();
    Model model = model(offer, given.model());
    Limits limits = limits(offer.limits(), given.limits());
    String subject = call.principal().subject();
    Beginning beginning =
        new Beginning(
            subject,
            Text.clean(given.task()),
            model,
            limits,
            false,
            given.key(),
            given.name(),
            given.request());
    Beginning.Begun begun = begun(call, beginning);
    if (!begun.created()) return begun;
    Path directory = runs.directories().made(call.tenant().name(), begun.id());
    String text = given.text();
    Task task =
        new Task(
            call.tenant().name(),
            begun.id(),
            subject,
            beginning.task(),
            text == null ? null : Text.clean(text),
            given.files(),
            directory,
            model,
            limits);
    runs.employ(call.tenant(), own, task);
    return begun;
  }

  private Beginning.Begun begun(Call call, Beginning beginning) {
    try {
      runs.requirePlace();
      return runs.begin(call.tenant(), beginning).orElseThrow(Failures::forgotten);
    } catch (RunException refused) {
      return runs.repeated(call.tenant(), beginning).orElseThrow(() -> Failures.of(refused));
    }
  }

  private static void requireSame(Call call, String id, String request) {
    boolean same =
        new Access(call).store().access(id).filter(a -> a.request().equals(request)).isPresent();
    if (!same)
      throw Failures.invalid(
          "header", "Idempotency-Key", "was used for another execution, " + id + "; use a new one");
  }

  private static Model model(Agent.Offer offer, @Nullable String name) {
    if (name == null) return offer.models().getFirst();
    return offer.models().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> {
          String served =
              offer.models().stream().map(Model::name).collect(Collectors.joining(", "));
          return Failures.invalid("body", "/model", "'" + name + "' is not one of " + served);
        });
  }

  private static Limits limits(Limits most, JsonNode asked) {
    return new Limits(
        limit("iterations", most.iterations(), asked),
        limit("seconds", most.seconds(), asked),
        limit("tokens", most.tokens(), asked),
        cost(most.cost(), asked.path("cost")));
  }

  private static long limit(String name, long most, JsonNode asked) {
    long value = asked.path(name).asLong(most);
    if (value > most) throw tooMuch(name, asked.path(name), most);
    return value;
  }

  private static @Nullable BigDecimal cost(@Nullable BigDecimal most, JsonNode asked) {
    if (!asked.isNumber()) return most;
    BigDecimal value = asked.decimalValue();
    if (most != null && value.compareTo(most) > 0) throw tooMuch("cost", asked, most);
    return value;
  }

  private static RuntimeException tooMuch(String name, JsonNode value, Object most) {
    return Failures.invalid(
        "body", "/limits/" + name, value + " is more than the server's limit, " + most);
  }

  private static List<Task.GivenFile> files(JsonNode array) {
    return array.valueStream().map(Executing::file).toList();
  }

  private static Task.GivenFile file(JsonNode given) {
    String path = given.path("path").asString();
    try {
      if (!SandboxPath.parse(path).equals(SandboxPath.ROOT))
        return new Task.GivenFile(path, given.path("content").asString());
      throw new ToolException("the path names no file");
    } catch (ToolException wrong) {
      throw Failures.invalid(
          "body", "/context/files", "'" + Text.clean(path) + "': " + wrong.getMessage());
    }
  }
}
