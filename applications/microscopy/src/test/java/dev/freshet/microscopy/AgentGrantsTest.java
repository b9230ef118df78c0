package dev.freshet.microscopy;

import static dev.freshet.microscopy.AgentData.attend;
import static dev.freshet.microscopy.AgentData.follow;
import static dev.freshet.microscopy.AgentData.instruct;
import static dev.freshet.microscopy.AgentData.ok;
import static dev.freshet.microscopy.AgentData.path;
import static dev.freshet.microscopy.AgentData.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.application.ProblemException;
import dev.freshet.microscopy.AgentData.Stub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A1: what may not be read is not there, what may not be written is 403")
class AgentGrantsTest {
  private final Api all = Api.open();
  private final Api operator = all.as("instruments/m12/**", "");
  private final Api instructor = all.as("", "instruments/m12/agents/*/instructions/**");
  private final Api agent = all.as("instruments/m12/agents/k/**", "instruments/m12/agents/k/**");
  private String mine = "";
  private String theirs = "";

  @BeforeEach
  void begin() {
    session(all, "k", "s", "'instrument_id':'m12'");
    session(all, "k2", "t", "'instrument_id':'m99'");
    mine = instruct(all, "s", "'instruction_type':'a'");
    theirs = instruct(all, "t", "'instruction_type':'a'");
    attend(follow(all, "k", "s"), new Stub("c1", false));
    attend(follow(all, "k2", "t"), new Stub("c2", false));
  }

  @AfterEach
  void close() {
    all.close();
  }

  @ParameterizedTest
  @CsvSource({"/debug/sessions", "/debug/agent-connections"})
  void list_ofAnOperator_leavesOutOtherInstruments(String route) {
    assertThat(ok(all.get(route)).path("total_count").asInt()).isEqualTo(2);
    assertThat(ok(operator.get(route)).path("total_count").asInt()).isEqualTo(1);
    assertThat(ok(operator.get(route)).toString()).contains("\"k\"").doesNotContain("k2");
    assertThat(ok(instructor.get(route)).path("total_count").asInt()).isZero();
  }

  @Test
  void statistics_ofAnOperator_leaveOutOtherInstruments() {
    assertThat(ok(all.get("/debug/connection-stats")).toString())
        .startsWith("{\"active_connections\":2,\"active_sessions\":2,\"pending_instructions\":2,");
    assertThat(ok(operator.get("/debug/connection-stats")).toString())
        .startsWith("{\"active_connections\":1,\"active_sessions\":1,\"pending_instructions\":1,");
  }

  @Test
  void read_ofAnotherInstrument_isAsIfNotThere() {
    ok(operator.get("/debug/session/s/instructions"));
    assertThat(operator.get("/debug/session/t/instructions"))
        .hasToString(operator.get("/debug/session/none/instructions").toString());
    assertThat(instructor.get("/debug/session/s/instructions").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"/heartbeat,''", "/logs,{'logs':[]}", "/instructions/%s/ack,{'status':'received'}"})
  void report_readable_is403_otherwise404(String route, String body) {
    String own = path("k", "s") + route.formatted(mine);
    String other = path("k2", "t") + route.formatted(theirs);
    assertThat(operator.post(own, body).status()).isEqualTo(403);
    assertThat(operator.post(other, body).status()).isEqualTo(404);
    assertThat(agent.post(own, body).status()).isEqualTo(200);
    assertThat(agent.post(other, body).status()).isEqualTo(404);
  }

  @Test
  void close_readable_is403_otherwise404() {
    assertThat(operator.delete("/debug/sessions/s/close").status()).isEqualTo(403);
    assertThat(operator.delete("/debug/sessions/t/close").status()).isEqualTo(404);
    assertThat(agent.delete("/debug/sessions/s/close").status()).isEqualTo(200);
  }

  @Test
  void createSession_withoutGrant_is403() {
    assertThat(operator.post("/debug/sessions/create", "{'agent_id':'n','instrument_id':'m12'}"))
        .extracting(Api.Answer::status)
        .isEqualTo(403);
    assertThat(agent.post("/debug/sessions/create", "{'agent_id':'k','instrument_id':'m99'}"))
        .extracting(Api.Answer::status)
        .isEqualTo(403);
    session(agent, "k", "s2", "");
  }

  @Test
  void createSession_forAnAcquisitionThatTheCallerCannotSee_is404() {
    SessionData.acquisition(all, "hidden", "m99");
    assertThat(agent.post("/debug/sessions/create", "{'agent_id':'k','acquisition_uuid':'hidden'}"))
        .hasToString("404 {\"detail\":\"Acquisition not found\"}");
  }

  @Test
  void instruct_mayBeGrantedAlone() {
    instruct(instructor, "s", "'instruction_type':'b'");
    String body = "{'instruction_type':'b'}";
    assertThat(instructor.post("/debug/session/t/create-instruction", body).status())
        .isEqualTo(404);
    assertThat(operator.post("/debug/session/s/create-instruction", body).status()).isEqualTo(403);
    assertThat(operator.post("/debug/session/t/create-instruction", body).status()).isEqualTo(404);
    assertThat(instructor.delete("/debug/sessions/s/close").status()).isEqualTo(404);
  }

  @Test
  void follow_needsToReadTheInstructionsAndToWriteTheStatus() {
    assertThat(follow(agent, "k", "s").filter().patterns()).hasSize(1);
    assertThatThrownBy(() -> follow(operator, "k", "s")).satisfies(e -> isProblem(e, 403));
    assertThatThrownBy(() -> follow(instructor, "k", "s")).satisfies(e -> isProblem(e, 404));
    assertThatThrownBy(() -> follow(agent, "k2", "t")).satisfies(e -> isProblem(e, 404));
    assertThatThrownBy(() -> follow(all, "k", "t")).satisfies(e -> isProblem(e, 404));
    assertThatThrownBy(() -> follow(all, "k", "none")).satisfies(e -> isProblem(e, 404));
  }

  private static void isProblem(Throwable thrown, int status) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(status));
  }
}
