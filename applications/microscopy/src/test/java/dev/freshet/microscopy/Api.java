package dev.freshet.microscopy;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.access.Principal;
import dev.freshet.application.Call;
import dev.freshet.application.Feed.Selection;
import dev.freshet.application.ProblemException;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.state.StateStore;
import dev.freshet.view.PageSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Calls the application as the server would: finds the route, and turns problems into bodies. */
final class Api implements AutoCloseable {
  private static final JsonNode DOCUMENT = Json.MAPPER.readTree(read());
  private static final Answers ANSWERS = new Answers(DOCUMENT);

  private final Freshet freshet;
  private final Tenant tenant;
  private final Microscopy application;
  private final Principal principal;

  private Api(Freshet freshet, Microscopy application, Principal principal) {
    this.freshet = freshet;
    this.tenant = freshet.tenant("facility");
    this.application = application;
    this.principal = principal;
  }

  static Api open() {
    return open(InstantSource.system());
  }

  static Api open(InstantSource clock) {
    return open(Microscopy.Settings.DEFAULT, clock);
  }

  static Api open(Microscopy.Settings settings, InstantSource clock) {
    Freshet freshet =
        Freshet.open(
            new MemoryLogStore(),
            new Freshet.Settings(PageSettings.DEFAULT, StateStore.Limits.DEFAULT, clock));
    return new Api(freshet, new Microscopy(settings), Principal.embedded("facility"));
  }

  /** The same store in the hands of another life of the application. */
  Api restarted(Microscopy.Settings settings) {
    Microscopy next = new Microscopy(settings);
    next.start(freshet);
    next.stop();
    return new Api(freshet, next, principal);
  }

  /** The same store in the hands of a server that knows nothing of this one's writers. */
  Api ofAnotherServer() {
    return new Api(Freshet.open(freshet.store()), new Microscopy(), principal);
  }

  /** The same store seen by a caller with these grants. */
  Api as(String read, String write) {
    Principal other =
        new Principal(
            "facility", "someone", "", grant(read), grant(write), Instant.EPOCH, Instant.MAX);
    return new Api(freshet, application, other);
  }

  private static Grant grant(String pattern) {
    return pattern.isEmpty() ? Grant.NONE : Grant.of(pattern);
  }

  private static byte[] read() {
    try (var in = ApiDocument.LOCATION.openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tenant tenant() {
    return tenant;
  }

  /** One turn of what the application does by itself. */
  void tick() {
    application.tick();
  }

  /** What a request for a stream selects. */
  Optional<Selection> select(String pathAndQuery) {
    String[] parts = pathAndQuery.split("\\?", 2);
    Route route = Route.find("get", parts[0]);
    return Objects.requireNonNull(application.feeds().get(route.operationId()))
        .select(call(route, parts.length > 1 ? parts[1] : "", Optional.empty()));
  }

  Answer get(String path) {
    return call("get", path, "");
  }

  Answer post(String path, String body) {
    return call("post", path, body);
  }

  Answer postJson(String path, JsonNode body) {
    return call("post", path, Optional.of(body));
  }

  Answer put(String path, String body) {
    return call("put", path, body);
  }

  Answer delete(String path) {
    return call("delete", path, "");
  }

  /**
   * @param body JSON, in which {@code '} stands for {@code "}; none if empty
   */
  private Answer call(String method, String path, String body) {
    return call(method, path, json(body));
  }

  private static Optional<JsonNode> json(String body) {
    return body.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.MAPPER.readTree(body.replace('\'', '"')));
  }

  private Answer call(String method, String pathAndQuery, Optional<JsonNode> body) {
    String[] parts = pathAndQuery.split("\\?", 2);
    Route route = Route.find(method, parts[0]);
    Answer answer = answer(route, call(route, parts.length > 1 ? parts[1] : "", body));
    ANSWERS.check(route.template(), method, answer);
    return answer;
  }

  private Answer answer(Route route, Call call) {
    try {
      Reply reply = application.operations().get(route.operationId()).handle(call);
      return new Answer(reply.status(), reply.body().orElseGet(MissingNode::getInstance));
    } catch (ProblemException e) {
      return new Answer(
          e.problem().status(),
          application.problemBody(e.problem()).orElseGet(() -> ErrorBody.of(e.problem())));
    }
  }

  private Call call(Route route, String query, Optional<JsonNode> body) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] nameAndValue = pair.split("=", 2);
      if (nameAndValue.length == 2) parameters.put(nameAndValue[0], List.of(nameAndValue[1]));
    }
    return new Call(tenant, principal, route.path(), parameters, name -> Optional.empty(), body);
  }

  @Override
  public void close() {
    freshet.close();
  }

  record Answer(int status, JsonNode body) {
    @Override
    public String toString() {
      return status + " " + body;
    }
  }

  private record Route(String template, String operationId, Map<String, String> path) {
    /** The route with the fewest parameters. */
    static Route find(String method, String path) {
      return DOCUMENT.path("paths").properties().stream()
          .filter(e -> e.getValue().has(method))
          .flatMap(e ->
              match(e.getKey(), path)
                  .map(p ->
                      new Route(
                          e.getKey(), e.getValue().at("/" + method + "/operationId").asString(), p))
                  .stream())
          .min(Comparator.comparingInt(r -> r.path().size()))
          .orElseThrow(() -> new AssertionError("no route for " + method + " " + path));
    }

    private static Optional<Map<String, String>> match(String template, String path) {
      String[] names = template.split("/", -1);
      String[] values = path.split("/", -1);
      if (names.length != values.length) return Optional.empty();
      Map<String, String> found = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        if (names[i].startsWith("{"))
          found.put(
              names[i].substring(1, names[i].length() - 1),
              URLDecoder.decode(values[i], StandardCharsets.UTF_8));
        else if (!names[i].equals(values[i])) return Optional.empty();
      }
      return Optional.of(found);
    }
  }
}
