package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import dev.freshet.application.Feed.Selection;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.Recorded;
import dev.freshet.log.StateCut;
import dev.freshet.subscription.EndReason;
import dev.freshet.view.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What agents do, and what is seen of it. */
final class AgentData {
  private AgentData() {}

  static String path(String agent, String session) {
    return "/agent/" + agent + "/session/" + session;
  }

  /**
   * @param more members of the request
   */
  static void session(Api api, String agent, String session, String more) {
    ok(
        api.post(
            "/debug/sessions/create",
            "{'agent_id':'%s','session_id':'%s'%s}"
                .formatted(agent, session, more.isEmpty() ? "" : "," + more)));
  }

  /** An instruction's id. */
  static String instruct(Api api, String session, String body) {
    return ok(api.post("/debug/session/" + session + "/create-instruction", "{" + body + "}"))
        .path("instruction_id")
        .asString();
  }

  static Api.Answer ack(Api api, String agent, String session, String id, String status) {
    return api.post(
        path(agent, session) + "/instructions/" + id + "/ack", "{'status':'" + status + "'}");
  }

  static JsonNode ok(Api.Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.body();
  }

  /** A session's instructions by type, the newest first. */
  static List<JsonNode> instructions(Api api, String session) {
    return ok(api.get("/debug/session/" + session + "/instructions"))
        .path("instructions")
        .valueStream()
        .toList();
  }

  static JsonNode instruction(Api api, String session, String id) {
    return instructions(api, session).stream()
        .filter(instruction -> instruction.path("instruction_id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static String status(Api api, String session, String id) {
    return instruction(api, session, id).path("status").asString();
  }

  static AgentStatus agent(Api api, String instrument, String agent) {
    return state(api, "instruments/" + instrument + "/agents/" + agent + "/status")
        .orElseThrow()
        .as(AgentStatus.class);
  }

  static Optional<dev.freshet.event.Json> state(Api api, String topic) {
    return api.tenant()
        .log()
        .state(Topic.of(topic))
        .flatMap(state -> Optional.ofNullable(state.value()));
  }

  static List<String> topics(Api api, String pattern) {
    List<String> topics = new ArrayList<>();
    try (StateCut cut = api.tenant().log().states(List.of(TopicPattern.of(pattern)))) {
      cut.forEachRemaining(state -> topics.add(state.topic().path()));
    }
    return topics;
  }

  static long head(Api api) {
    return api.tenant().log().head().offset();
  }

  static List<Recorded> events(Api api, String pattern, long after) {
    return api.tenant().log().read(Filter.of(pattern), after, Long.MAX_VALUE, 10_000).events();
  }

  static Selection follow(Api api, String agent, String session) {
    return api.select(path(agent, session) + "/instructions/stream").orElseThrow();
  }

  static List<JsonNode> snapshot(Api api, Selection selection) {
    List<Frame> frames = new ArrayList<>();
    try (StateCut cut = api.tenant().log().states(selection.filter().patterns())) {
      cut.forEachRemaining(state -> frames.add(selection.representation().state(state)));
    }
    return data(frames.stream());
  }

  static List<JsonNode> after(Api api, Selection selection, long offset) {
    return data(
        api
            .tenant()
            .log()
            .read(selection.filter(), offset, Long.MAX_VALUE, 10_000)
            .events()
            .stream()
            .map(selection.representation()::event));
  }

  private static List<JsonNode> data(Stream<Frame> frames) {
    return frames.filter(Objects::nonNull).map(frame -> frame.data().node()).toList();
  }

  static List<String> types(List<JsonNode> instructions) {
    return instructions.stream().map(i -> i.path("instruction_type").asString()).toList();
  }

  static Attendant attend(Selection selection, ClientStream stream) {
    Attendant attendant = selection.attendant().orElseThrow();
    attendant.opened(stream);
    return attendant;
  }

  /** A client's stream that leads nowhere. */
  static final class Stub implements ClientStream {
    private final String id;
    private final boolean resumed;
    final List<EndReason> ends = new ArrayList<>();

    Stub(String id, boolean resumed) {
      this.id = id;
      this.resumed = resumed;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String remoteAddress() {
      return "192.0.2.7";
    }

    @Override
    public Instant since() {
      return Instant.parse("2026-01-05T10:00:00Z");
    }

    @Override
    public boolean resumed() {
      return resumed;
    }

    @Override
    public void end(EndReason reason, Runnable ended) {
      ends.add(reason);
      ended.run();
    }
  }
}
