package dev.freshet.agents.report;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.Execution;
import dev.freshet.agents.event.Model;
import dev.freshet.event.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests that tell a server of runs; they are tried again until it answers. Thread-safe. */
final class Reporter {
  private static final Duration REQUEST = Duration.ofSeconds(30);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration MOST_WAIT = Duration.ofSeconds(10);

  /** The agent itself waits for this. */
  private static final Duration BEGINNING = Duration.ofSeconds(10);

  private static final int CONFLICT = 409;

  private final HttpClient http;
  private final URI server;
  private final Supplier<String> token;
  private final Duration patience;

  /**
   * @param token asked for at every request
   * @param patience how long a request is tried
   */
  Reporter(HttpClient http, URI server, Supplier<String> token, Duration patience) {
    this.http = http;
    this.server = server;
    this.token = token;
    this.patience = patience;
  }

  /** What the server says to a batch. */
  sealed interface Said {
    /** It is in the run, whose sequence is this now. */
    record Taken(long sequence) implements Said {}

    /** The run has another sequence than it was told. */
    record Differs(long current) implements Said {}

    /** The run has ended. */
    record Ended() implements Said {}

    /** The batch is larger than the server takes. */
    record TooLarge() implements Said {}
  }

  Execution begin(String owner, String externalId, String task, @Nullable Model model)
      throws InterruptedException {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("task", task).put("owner", owner).put("externalId", externalId);
    if (model != null) body.set("model", Json.MAPPER.valueToTree(model));
    Duration least = patience.compareTo(BEGINNING) < 0 ? patience : BEGINNING;
    return execution(request("").POST(json(body)), least);
  }

  Execution read(String id) throws InterruptedException {
    return execution(request("/" + id).GET(), patience);
  }

  private Execution execution(HttpRequest.Builder request, Duration within)
      throws InterruptedException {
    HttpResponse<String> answer = answered(request.build(), within);
    if (answer.statusCode() / 100 != 2) throw refused(answer);
    return Json.MAPPER.readValue(answer.body(), Execution.class);
  }

  Said tell(String id, long after, List<AgentEvent> events) throws InterruptedException {
    ObjectNode body = Json.MAPPER.createObjectNode().put("after", after);
    ArrayNode array = body.putArray("events");
    for (AgentEvent event : events) {
      ObjectNode each = array.addObject().put("type", event.type().wire());
      each.set("data", Json.MAPPER.valueToTree(event));
    }
    HttpResponse<String> answer =
        answered(request("/" + id + "/events").POST(json(body)).build(), patience);
    JsonNode said = body(answer);
    if (answer.statusCode() == 200) return new Said.Taken(said.path("sequence").asLong());
    if (answer.statusCode() == 413 && events.size() > 1) return new Said.TooLarge();
    if (answer.statusCode() == CONFLICT
        && said.path("code").asString("").equals("execution_finished")) return new Said.Ended();
    if (answer.statusCode() == CONFLICT && said.path("current").isNumber())
      return new Said.Differs(said.path("current").asLong());
    throw refused(answer);
  }

  private static JsonNode body(HttpResponse<String> answer) {
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (JacksonException none) {
      return Json.MAPPER.missingNode();
    }
  }

  private static IllegalStateException refused(HttpResponse<String> answer) {
    String detail = body(answer).path("detail").asString("");
    return new IllegalStateException(
        "the server refused: " + answer.statusCode() + (detail.isEmpty() ? "" : ", " + detail));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve("/api/agent/executions" + path))
        .timeout(REQUEST)
        .header("Authorization", "Bearer " + token.get())
        .header("Content-Type", "application/json");
  }

  private static HttpRequest.BodyPublisher json(JsonNode body) {
    return HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
  }

  /** Tries until the server has answered: what it said, if it was not that it can't now. */
  private HttpResponse<String> answered(HttpRequest request, Duration within)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    Duration bound = FIRST_WAIT;
    while (true) {
      Duration least = Duration.ZERO;
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (!passing(answer.statusCode())) return answer;
        if (System.nanoTime() > deadline) return answer;
        least = retryAfter(answer).orElse(least);
      } catch (IOException unreachable) {
        if (System.nanoTime() > deadline)
          throw new IllegalStateException("the server cannot be reached", unreachable);
      }
      Thread.sleep(least.plusMillis(ThreadLocalRandom.current().nextLong(bound.toMillis() + 1)));
      if (bound.compareTo(MOST_WAIT) < 0) bound = bound.multipliedBy(2);
    }
  }

  private static boolean passing(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  private static Optional<Duration> retryAfter(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(Long::parseLong)
        .map(Duration::ofSeconds);
  }
}
