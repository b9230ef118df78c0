package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** {@code /v1/state/{topic}} (PROTOCOL §5). */
class StateTest {
  private static final String MERGE = "application/merge-patch+json";
  private static final String PATCH = "application/json-patch+json";
  private static final String PATH = "/v1/state/a/1";

  private static TestServer server;

  private String tenant;
  private TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void enter(TestInfo test) {
    tenant = Integer.toHexString(test.getDisplayName().hashCode());
    client = server.client(server.token(tenant, "me", List.of("a/**"), List.of("a/**", "b/**")));
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("etag").orElse("");
  }

  private long head() {
    return server.freshet().tenant(tenant).log().head().offset();
  }

  @Test
  void value_put_isCreatedThenChanged_andReadWithItsVersion_S2() {
    var created = client.put(PATH, "{\"n\":1}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(tag(created)).isEqualTo("\"1\"");
    assertThat(json(created).path("topic").asString()).isEqualTo("a/1");
    assertThat(client.put(PATH, "{\"n\":2}").statusCode()).isEqualTo(200);
    var read = client.get(PATH);
    assertThat(read.body()).isEqualTo("{\"n\":2}");
    assertThat(tag(read)).isEqualTo("\"2\"");
    assertThat(read.headers().firstValue("freshet-position"))
        .contains(server.freshet().tenant(tenant).log().head().token());
    assertThat(client.get("/v1/state/a%2F1").body()).isEqualTo("{\"n\":2}");
  }

  @Test
  void value_unchanged_makesNoEvent_S5() {
    client.put(PATH, "{\"n\":1,\"m\":2}");
    var again = client.put(PATH, "{\"m\":2,\"n\":1}");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(tag(again)).isEqualTo("\"1\"");
    assertThat(head()).isEqualTo(1);
  }

  @Test
  void precondition_notMet_changesNothingAndTellsTheVersion_S2() {
    client.put(PATH, "1");
    var wrong = client.put(PATH, "2", "If-Match", "\"7\"");
    assertThat(wrong.statusCode()).isEqualTo(412);
    assertThat(code(wrong)).isEqualTo("version_mismatch");
    assertThat(json(wrong).path("current").asInt()).isEqualTo(1);
    assertThat(code(client.put(PATH, "2", "If-None-Match", "*"))).isEqualTo("version_mismatch");
    assertThat(code(client.delete(PATH, "If-Match", "\"2\""))).isEqualTo("version_mismatch");
    assertThat(client.get(PATH).body()).isEqualTo("1");
    assertThat(tag(client.put(PATH, "2", "If-Match", "\"1\""))).isEqualTo("\"2\"");
    assertThat(tag(client.put(PATH, "3", "If-Match", "W/\"2\"")))
        .as("made weak by a proxy")
        .isEqualTo("\"3\"");
  }

  @Test
  void precondition_thatThereIsAValue_isHeld_S2() {
    assertThat(code(client.put(PATH, "1", "If-Match", "*"))).isEqualTo("version_mismatch");
    assertThat(head()).isZero();
    client.put(PATH, "1");
    assertThat(tag(client.put(PATH, "2", "If-Match", "*"))).isEqualTo("\"2\"");
  }

  @Test
  void changes_areCountedAsEvents_andUnchangedOnesAreNot() {
    double before = server.metric("freshet_publish_events_total");
    client.put(PATH, "1");
    client.put(PATH, "1");
    client.patch(PATH, "2", "Content-Type", "application/merge-patch+json");
    client.delete(PATH);
    assertThat(server.metric("freshet_publish_events_total")).isEqualTo(before + 3);
  }

  @Test
  void precondition_malformed_isRefused_S2() {
    for (String tag : List.of("7", "\"x\"", "\"1\", \"2\"", "\"9999999999999999999\"")) {
      assertThat(code(client.put(PATH, "1", "If-Match", tag))).as(tag).isEqualTo("invalid_request");
    }
    assertThat(code(client.put(PATH, "1", "If-None-Match", "\"1\""))).isEqualTo("invalid_request");
    assertThat(head()).isZero();
  }

  @Test
  void reader_withTheVersion_gets304_S2() {
    client.put(PATH, "1");
    assertThat(client.get(PATH, "If-None-Match", "\"1\"").statusCode()).isEqualTo(304);
    assertThat(client.get(PATH, "If-None-Match", "\"0\", W/\"1\"").statusCode()).isEqualTo(304);
    assertThat(client.get(PATH, "If-None-Match", "\"2\"").statusCode()).isEqualTo(200);
  }

  @Test
  void value_patched_byBothFormats() {
    client.put(PATH, "{\"a\":1,\"b\":[1,2]}");
    var patched =
        client.patch(
            PATH, "[{\"op\":\"replace\",\"path\":\"/b/0\",\"value\":9}]", "Content-Type", PATCH);
    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(tag(client.patch(PATH, "{\"a\":null,\"c\":3}", "Content-Type", MERGE)))
        .isEqualTo("\"3\"");
    assertThat(json(client.get(PATH))).hasToString("{\"b\":[9,2],\"c\":3}");
  }

  @Test
  void patch_thatDoesNotApply_changesNothing() {
    client.put(PATH, "{\"a\":1}");
    var failed = client.patch(PATH, "[{\"op\":\"remove\",\"path\":\"/x\"}]", "Content-Type", PATCH);
    assertThat(failed.statusCode()).isEqualTo(409);
    assertThat(code(failed)).isEqualTo("patch_failed");
    var invalid =
        client.patch(PATH, "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]", "Content-Type", PATCH);
    assertThat(code(invalid)).isEqualTo("invalid_request");
    assertThat(
            code(client.patch(PATH, "[{\"op\":\"jump\",\"path\":\"/a\"}]", "Content-Type", PATCH)))
        .isEqualTo("invalid_request");
    assertThat(code(client.patch(PATH, "{}"))).isEqualTo("unsupported_media_type");
    assertThat(client.get(PATH).body()).isEqualTo("{\"a\":1}");
  }

  @Test
  void patch_ofNothing_isNotFound() {
    assertThat(code(client.patch(PATH, "{\"a\":1}", "Content-Type", MERGE)))
        .isEqualTo("state_not_found");
  }

  @Test
  void value_deleted_isGone_andTheVersionGoesOn() {
    client.put(PATH, "1");
    assertThat(client.delete(PATH).statusCode()).isEqualTo(204);
    assertThat(code(client.get(PATH))).isEqualTo("state_not_found");
    assertThat(tag(client.put(PATH, "1"))).isEqualTo("\"3\"");
  }

  @Test
  void topic_ended_keepsItsStateAndTakesNoMore_U7() {
    client.put(PATH + "?end=true", "{\"done\":true}");
    assertThat(client.get(PATH).statusCode()).isEqualTo(200);
    assertThat(code(client.put(PATH, "2"))).isEqualTo("topic_ended");
  }

  @Test
  void cause_isRecorded() {
    client.put(PATH, "1", "Freshet-Cause-Type", "payment", "Freshet-Cause-Id", "p-9");
    var page = client.get("/v1/stream?topic=a/**&after=earliest", "Accept", "application/json");
    assertThat(json(page).at("/events/0/data/cause"))
        .hasToString("{\"type\":\"payment\",\"id\":\"p-9\"}");
  }

  @Test
  void state_thatMayNotBeRead_isAsIfItWereNotThere_A1() {
    client.put("/v1/state/b/1", "1");
    var hidden = client.get("/v1/state/b/1");
    var absent = client.get("/v1/state/b/2");
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body().replace("b/1", "b/2")).isEqualTo(absent.body());
  }

  @Test
  void state_thatMayNotBeWritten_isForbidden_A1() {
    assertThat(code(client.put("/v1/state/c", "1"))).isEqualTo("forbidden");
    assertThat(code(client.patch("/v1/state/c", "1", "Content-Type", MERGE)))
        .isEqualTo("forbidden");
    assertThat(code(client.delete("/v1/state/c"))).isEqualTo("forbidden");
    assertThat(code(client.put("/v1/state/$freshet/x", "1"))).isEqualTo("forbidden");
    assertThat(head()).isZero();
  }

  @Test
  void value_anyJson_isKept() {
    for (String value :
        List.of("null", "\"text\"", "0", "[]", "{}", "true", "1e400", "\"\\u0000\\r\\n🙂\"")) {
      assertThat(client.put(PATH, value).statusCode()).as(value).isIn(200, 201);
      assertThat(json(client.get(PATH)))
          .as(value)
          .isEqualTo(dev.freshet.event.Json.parse(value).node());
    }
  }
}
