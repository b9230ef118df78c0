package dev.freshet.tasks;

import static org.awaitility.Awaitility.await;

import dev.freshet.Freshet;
import dev.freshet.access.Grant;
import dev.freshet.access.Principal;
import dev.freshet.application.Application;
import dev.freshet.application.Call;
import dev.freshet.application.ProblemException;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.log.MemoryLogStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tasks on a store in memory, called as the server would. */
public final class Fixture implements AutoCloseable {
  private final Freshet freshet = Freshet.open(new MemoryLogStore());
  private Application tasks;

  public Fixture(Application tasks) {
    this.tasks = tasks;
    tasks.start(freshet);
  }

  public Freshet freshet() {
    return freshet;
  }

  /** As a server that ends and starts again with the same store. */
  public void restart(Application other) {
    tasks.stop();
    tasks = other;
    tasks.start(freshet);
  }

  /** What a caller gets: the status, and a body or a problem's code. */
  public record Answer(int status, JsonNode body, Map<String, String> headers) {
    public String id() {
      return body.path("id").asString();
    }

    public String code() {
      return body.path("code").asString();
    }

    public String detail() {
      return body.path("detail").asString();
    }
  }

  /** A caller with grants. */
  public final class Caller {
    private final Principal principal;

    private Caller(Principal principal) {
      this.principal = principal;
    }

    /**
     * @param parameters {@code name=value}, of path, query and headers
     */
    public Answer call(String operation, String body, String... parameters) {
      Map<String, String> named =
          Arrays.stream(parameters)
              .map(p -> p.split("=", 2))
              .collect(Collectors.toMap(p -> p[0], p -> p[1]));
      Map<String, List<String>> query = new HashMap<>();
      named.forEach((name, value) -> query.put(name, List.of(value)));
      Call call =
          new Call(
              freshet.tenant(principal.tenant()),
              principal,
              named,
              query,
              name -> Optional.ofNullable(named.get(name)),
              body.isEmpty()
                  ? Optional.empty()
                  : Optional.of(Json.MAPPER.readTree(body.replace('\'', '"'))));
      return answer(operation, call);
    }

    private Answer answer(String operation, Call call) {
      try {
        Reply reply = tasks.operations().get(operation).handle(call);
        return new Answer(
            reply.status(), reply.body().orElseGet(Json.MAPPER::nullNode), reply.headers());
      } catch (ProblemException refused) {
        JsonNode problem =
            Json.MAPPER
                .createObjectNode()
                .put("code", refused.problem().code())
                .put("detail", refused.problem().detail())
                .set("errors", Json.MAPPER.<JsonNode>valueToTree(refused.problem().errors()));
        return new Answer(refused.problem().status(), problem, Map.of());
      }
    }

    public Answer create(String body, String... parameters) {
      return call("createTask", body, parameters);
    }

    public Answer read(String id) {
      return call("readTask", "", "task_id=" + id);
    }

    /** The task, when it has ended. */
    public JsonNode ended(String id) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() ->
              Status.named(read(id).body().path("status").asString()).orElseThrow().terminal());
      return read(id).body();
    }

    public void awaitStatus(String id, Status status) {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> read(id).body().path("status").asString().equals(status.wire()));
    }
  }

  public Caller caller(String tenant, String subject, String read, String write) {
    return new Caller(
        new Principal(
            tenant,
            subject,
            "",
            read.isEmpty() ? Grant.NONE : Grant.of(read),
            write.isEmpty() ? Grant.NONE : Grant.of(write),
            Instant.EPOCH,
            Instant.MAX));
  }

  public Caller me() {
    return caller("acme", "me", "**", "**");
  }

  @Override
  public void close() {
    tasks.stop();
    freshet.close();
  }
}
