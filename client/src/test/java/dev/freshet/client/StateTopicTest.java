package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateTopicTest {
  private static final String WRITTEN = "{\"topic\":\"a/b\",\"version\":5,\"position\":\"p5\"}";

  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private ScriptedServer server;
  private FreshetClient client;

  private StateTopic state(ScriptedServer.Script script) throws IOException {
    server =
        new ScriptedServer(
            new Progress(),
            (n, request, socket) -> {
              requests.add(request);
              script.answer(n, request, socket);
            });
    client = FreshetClient.to(server.uri()).time(new RecordedTime()).build();
    return client.state("a/b");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void get_present_hasValueAndVersion_S2() throws Exception {
    StateTopic state = state((n, r, s) -> Replies.json(s, 200, "{\"n\":0.10}", "ETag: \"7\""));
    assertThat(state.get()).contains(new StateValue(Json.readable("{\"n\":0.10}"), 7));
    assertThat(requests.getFirst().path()).isEqualTo("/v1/state/a/b");
  }

  @Test
  void get_absent_isEmpty() throws Exception {
    assertThat(state((n, r, s) -> Replies.problem(s, 404, "state_not_found")).get()).isEmpty();
  }

  @Test
  void put_withConditionCauseAndEnd_saysSo_S2() throws Exception {
    Written written =
        state((n, r, s) -> Replies.json(s, 200, WRITTEN))
            .ifMatch(4)
            .cause("order.paid", "p-9")
            .ending()
            .put(Map.of("n", 1));

    assertThat(written).isEqualTo(new Written("a/b", 5, "p5"));
    ReceivedRequest request = requests.getFirst();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.query()).containsEntry("end", List.of("true"));
    assertThat(request.headers())
        .containsEntry("if-match", List.of("\"4\""))
        .containsEntry("freshet-cause-type", List.of("order.paid"))
        .containsEntry("freshet-cause-id", List.of("p-9"));
    assertThat(request.body()).isEqualTo("{\"n\":1}");
  }

  @Test
  void put_versionMismatch_tellsTheCurrent_S2() throws Exception {
    StateTopic state =
        state((n, r, s) -> Replies.json(s, 412, "{\"code\":\"version_mismatch\",\"current\":9}"));
    assertThatThrownBy(() -> state.ifMatch(4).put(1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            p -> assertThat(p.document().orElseThrow().path("current").asInt()).isEqualTo(9));
  }

  @Test
  void put_answerLost_isRepeatedOnlyWithoutACondition_S2() throws Exception {
    StateTopic state =
        state((n, r, s) -> {
          if (n == 1) Replies.json(s, 200, WRITTEN);
          else ScriptedServer.reset(s);
        });
    assertThat(state.put(1).version()).isEqualTo(5);
    assertThatThrownBy(() -> state.ifAbsent().put(1)).isInstanceOf(UncheckedIOException.class);
    assertThat(requests).hasSize(3);
  }

  @Test
  void patch_turnedAway_isRepeated_R1() throws Exception {
    StateTopic state =
        state((n, r, s) -> {
          if (n == 0) Replies.problem(s, 503, "draining");
          else Replies.json(s, 200, WRITTEN);
        });
    state.patch(List.of(Map.of("op", "remove", "path", "/n")));
    assertThat(Json.readable(requests.get(1).body()))
        .isEqualTo(Json.readable("[{\"op\":\"remove\",\"path\":\"/n\"}]"));
    assertThat(requests.get(1).headers())
        .containsEntry("content-type", List.of("application/json-patch+json"));
  }

  @Test
  void merge_sent_isAMergePatch() throws Exception {
    state((n, r, s) -> Replies.json(s, 200, WRITTEN)).merge(Map.of("n", 2));
    assertThat(requests.getFirst().headers())
        .containsEntry("content-type", List.of("application/merge-patch+json"));
  }
}
