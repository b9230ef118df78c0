package dev.freshet.microscopy;

import static dev.freshet.microscopy.AgentData.agent;
import static dev.freshet.microscopy.AgentData.attend;
import static dev.freshet.microscopy.AgentData.events;
import static dev.freshet.microscopy.AgentData.follow;
import static dev.freshet.microscopy.AgentData.head;
import static dev.freshet.microscopy.AgentData.instruct;
import static dev.freshet.microscopy.AgentData.ok;
import static dev.freshet.microscopy.AgentData.path;
import static dev.freshet.microscopy.AgentData.session;
import static dev.freshet.microscopy.AgentData.status;
import static dev.freshet.microscopy.AgentData.topics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.microscopy.AgentData.Stub;
import dev.freshet.microscopy.AgentStatus.Liveness;
import dev.freshet.subscription.EndReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AgentSessionTest {
  private final MovableClock clock = new MovableClock();
  private final Api api = Api.open(Microscopy.Settings.DEFAULT, clock);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void create_managed_isListedUntilClosed() {
    JsonNode created =
        ok(
            api.post(
                "/debug/sessions/create-managed",
                "{'agent_id':'k1','instrument_id':'m12','name':'Night','experimental_parameters':{'dose':1.5}}"));
    String id = created.path("session_id").asString();
    JsonNode listed = ok(api.get("/debug/sessions")).at("/active_sessions/0");
    assertThat(listed.path("session_id").asString()).isEqualTo(id);
    assertThat(listed.path("name").asString()).isEqualTo("Night");
    assertThat(listed.path("experimental_parameters")).hasToString("{\"dose\":1.5}");
    assertThat(listed.path("started_at").isNull()).isTrue();
    clock.seconds(5);
    ok(api.post(path("k1", id) + "/heartbeat", ""));
    assertThat(ok(api.get("/debug/sessions")).at("/active_sessions/0/started_at").asString())
        .isEqualTo("2026-01-05T10:00:05.000Z");
    ok(api.delete("/debug/sessions/" + id + "/close"));
    assertThat(ok(api.get("/debug/sessions")).path("total_count").asInt()).isZero();
  }

  @Test
  void create_namedIdThatExists_is409() {
    session(api, "k1", "s", "");
    assertThat(api.post("/debug/sessions/create", "{'agent_id':'k2','session_id':'s'}"))
        .hasToString("409 {\"detail\":\"Session already exists\"}");
  }

  @Test
  void create_unknownAcquisition_is404() {
    assertThat(api.post("/debug/sessions/create", "{'agent_id':'k','acquisition_uuid':'none'}"))
        .hasToString("404 {\"detail\":\"Acquisition not found\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                            | unknown",
        "'instrument_id':'m7'                          | m7",
        "'acquisition_uuid':'a'                        | m12",
        "'acquisition_uuid':'a','instrument_id':'m7'   | m7"
      },
      quoteCharacter = '"')
  void create_instrument_isTheSessionsElseTheAcquisitions(String more, String instrument) {
    SessionData.acquisition(api, "a", "m12");
    session(api, "k", "s", more.equals("''") ? "" : more);
    assertThat(agent(api, instrument, "k").sessionId()).isEqualTo("s");
  }

  @Test
  void create_withoutInstrument_isWhereTheAgentWas() {
    session(api, "k", "s1", "'instrument_id':'m7'");
    session(api, "k", "s2", "");
    assertThat(agent(api, "m7", "k").sessionId()).isEqualTo("s2");
  }

  @Test
  void create_atAnotherInstrument_movesTheAgentsStatus() {
    session(api, "k", "s1", "'instrument_id':'m7'");
    ok(api.post(path("k", "s1") + "/heartbeat", ""));
    session(api, "k", "s2", "'instrument_id':'m8'");
    assertThat(topics(api, "instruments/*/agents/k/status"))
        .containsExactly("instruments/m8/agents/k/status");
    assertThat(agent(api, "m8", "k").lastHeartbeatAt()).isEqualTo("2026-01-05T10:00:00.000Z");
    assertThat(topics(api, "instruments/m7/agents/k/sessions/*")).hasSize(1);
  }

  @Test
  void create_agentElsewhereThatTheCallerCannotWrite_is409() {
    session(api, "k", "s1", "'instrument_id':'m7'");
    Api other = api.as("instruments/m8/**", "instruments/m8/**");
    assertThat(other.post("/debug/sessions/create", "{'agent_id':'k','instrument_id':'m8'}"))
        .hasToString(
            "409 {\"detail\":\"the agent is at an instrument whose agents the write grant does not cover\"}");
    assertThat(
            other.post("/debug/sessions/create", "{'agent_id':'k','instrument_id':'m7'}").status())
        .isEqualTo(403);
  }

  @Test
  void close_cancelsWhatIsOpenAndTurnsTheAgentToItsOtherSession() {
    session(api, "k", "old", "'instrument_id':'m7'");
    clock.seconds(1);
    session(api, "k", "new", "");
    ok(api.post(path("k", "new") + "/heartbeat", ""));
    String open = instruct(api, "new", "'instruction_type':'a'");
    String done = instruct(api, "new", "'instruction_type':'b'");
    ok(AgentData.ack(api, "k", "new", done, "processed"));
    long before = head(api);
    ok(api.delete("/debug/sessions/new/close"));
    assertThat(status(api, "new", open)).isEqualTo("cancelled");
    assertThat(status(api, "new", done)).isEqualTo("acknowledged");
    assertThat(events(api, "instruments/m7/agents/k/instructions", before)).hasSize(1);
    assertThat(agent(api, "m7", "k").sessionId()).isEqualTo("old");
    assertThat(agent(api, "m7", "k").status()).isEqualTo(Liveness.ONLINE);
    ok(api.delete("/debug/sessions/old/close"));
    assertThat(agent(api, "m7", "k").sessionId()).isNull();
    assertThat(agent(api, "m7", "k").status()).isEqualTo(Liveness.OFFLINE);
  }

  @Test
  void close_anOlderSession_leavesTheNewestOne() {
    session(api, "k", "old", "'instrument_id':'m7'");
    session(api, "k", "new", "");
    ok(api.delete("/debug/sessions/old/close"));
    assertThat(agent(api, "m7", "k").sessionId()).isEqualTo("new");
  }

  @Test
  void close_again_isAnsweredAsTheFirstTime() {
    session(api, "k", "s", "");
    Api.Answer first = api.delete("/debug/sessions/s/close");
    clock.seconds(9);
    long before = head(api);
    assertThat(api.delete("/debug/sessions/s/close")).hasToString(first.toString());
    assertThat(head(api)).isEqualTo(before);
    assertThat(api.delete("/debug/sessions/none/close").status()).isEqualTo(404);
  }

  @Test
  void close_endsItsStreams_andLaterConnectsHaveNothingToCome() {
    session(api, "k", "s", "");
    Stub stream = new Stub("c", false);
    var selection = follow(api, "k", "s");
    attend(selection, stream);
    Stub late = new Stub("d", false);
    ok(api.delete("/debug/sessions/s/close"));
    assertThat(stream.ends).containsExactly(EndReason.COMPLETED);
    attend(selection, late);
    assertThat(late.ends).containsExactly(EndReason.COMPLETED);
    assertThat(api.select(path("k", "s") + "/instructions/stream")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/heartbeat,''", "/logs,{'logs':[]}", "/instructions/x/ack,{'status':'received'}"})
  void report_closedSession_is409_otherAgents_is404(String route, String body) {
    session(api, "k", "s", "");
    String x = instruct(api, "s", "'instruction_type':'a'");
    String own = route.replace("/x/", "/" + x + "/");
    assertThat(api.post(path("other", "s") + own, body).status()).isEqualTo(404);
    assertThat(api.post(path("k", "none") + own, body).status()).isEqualTo(404);
    ok(api.delete("/debug/sessions/s/close"));
    assertThat(api.post(path("k", "s") + own, body))
        .hasToString("409 {\"detail\":\"the session is closed; create another\"}");
  }

  @Test
  void delete_acquisition_removesItsSessionsAndTellsOfTheirInstructions() {
    SessionData.acquisition(api, "a", "m12");
    session(api, "k", "s", "'acquisition_uuid':'a'");
    session(api, "k2", "other", "'instrument_id':'m12'");
    instruct(api, "s", "'instruction_type':'a'");
    Stub stream = new Stub("c", false);
    attend(follow(api, "k", "s"), stream);
    long before = head(api);
    assertThat(api.delete("/acquisitions/a").status()).isEqualTo(204);
    assertThat(stream.ends).containsExactly(EndReason.COMPLETED);
    assertThat(
            events(api, "instruments/m12/agents/k/instructions", before).getLast().event().data())
        .asString()
        .contains("\"status\":\"cancelled\"");
    assertThat(topics(api, "instruments/*/agents/k/**"))
        .containsExactly("instruments/m12/agents/k/status");
    assertThat(topics(api, "$microscopy/**"))
        .containsExactly(
            "$microscopy/agents/k", "$microscopy/agents/k2", "$microscopy/sessions/other");
    assertThat(agent(api, "m12", "k").status()).isEqualTo(Liveness.OFFLINE);
    assertThat(api.post(path("k", "s") + "/heartbeat", "").status()).isEqualTo(404);
  }

  @Test
  void move_acquisition_takesSessionsInstructionsAndStatusAlong() {
    assertThat(api.post("/acquisitions", "{'uuid':'a'}").status()).isEqualTo(201);
    session(api, "k", "s", "'acquisition_uuid':'a'");
    session(api, "k2", "elsewhere", "'acquisition_uuid':'a','instrument_id':'m9'");
    session(api, "k3", "own", "");
    String id = instruct(api, "s", "'instruction_type':'a'");
    long before = head(api);
    assertThat(api.put("/acquisitions/a", "{'instrument_id':'m12'}").status()).isEqualTo(200);
    assertThat(topics(api, "instruments/unknown/**"))
        .containsExactlyInAnyOrder(
            "instruments/unknown/agents/k3/sessions/own", "instruments/unknown/agents/k3/status");
    assertThat(agent(api, "m12", "k").sessionId()).isEqualTo("s");
    assertThat(agent(api, "m9", "k2").sessionId()).isEqualTo("elsewhere");
    assertThat(status(api, "s", id)).isEqualTo("pending");
    assertThat(AgentData.after(api, follow(api, "k", "s"), before)).isEmpty();
    assertThat(AgentData.snapshot(api, follow(api, "k", "s"))).hasSize(1);
    ok(AgentData.ack(api, "k", "s", id, "processed"));
    ok(api.post(path("k", "s") + "/heartbeat", ""));
    assertThat(agent(api, "m12", "k").status()).isEqualTo(Liveness.ONLINE);
  }

  @Test
  void move_acquisition_whereTheCallerCannotWriteAgents_is403() {
    assertThat(api.post("/acquisitions", "{'uuid':'a'}").status()).isEqualTo(201);
    session(api, "k", "s", "'acquisition_uuid':'a'");
    Api narrow = api.as("**", "instruments/*/acquisitions/**");
    assertThat(narrow.put("/acquisitions/a", "{'instrument_id':'m12'}").status()).isEqualTo(403);
    assertThat(agent(api, "unknown", "k").sessionId()).isEqualTo("s");
  }

  @Test
  void ids_withAnyCharacters_areKeptApart() {
    session(api, "k/1 ä", "s/../x", "'instrument_id':'Krios 1'");
    assertThat(agent(api, "Krios~201", "k~2F1~20~C3~A4").agentId()).isEqualTo("k/1 ä");
    assertThat(ok(api.get("/debug/sessions")).at("/active_sessions/0/session_id").asString())
        .isEqualTo("s/../x");
    assertThat(
            api.post("/debug/sessions/create", "{'agent_id':'" + "k".repeat(101) + "'}").status())
        .isEqualTo(422);
  }
}
