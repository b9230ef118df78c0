package dev.freshet.microscopy;

import static dev.freshet.microscopy.AgentData.ack;
import static dev.freshet.microscopy.AgentData.after;
import static dev.freshet.microscopy.AgentData.agent;
import static dev.freshet.microscopy.AgentData.attend;
import static dev.freshet.microscopy.AgentData.events;
import static dev.freshet.microscopy.AgentData.follow;
import static dev.freshet.microscopy.AgentData.head;
import static dev.freshet.microscopy.AgentData.instruct;
import static dev.freshet.microscopy.AgentData.instruction;
import static dev.freshet.microscopy.AgentData.ok;
import static dev.freshet.microscopy.AgentData.session;
import static dev.freshet.microscopy.AgentData.snapshot;
import static dev.freshet.microscopy.AgentData.status;
import static dev.freshet.microscopy.AgentData.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.application.Attendant;
import dev.freshet.application.Feed.Selection;
import dev.freshet.microscopy.AgentData.Stub;
import dev.freshet.subscription.Voice;
import dev.freshet.view.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class InstructionTest {
  private final MovableClock clock = new MovableClock();
  private final Api api = Api.open(Microscopy.Settings.DEFAULT, clock);

  @BeforeEach
  void begin() {
    session(api, "k", "s", "'instrument_id':'m12'");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private String instruct(String body) {
    return AgentData.instruct(api, "s", body);
  }

  private Selection follow() {
    return AgentData.follow(api, "k", "s");
  }

  private Attendant connect(String id, boolean resumed) {
    return attend(follow(), new Stub(id, resumed));
  }

  private List<String> lifecycle(long after) {
    return events(api, "instruments/m12/agents/k/instructions", after).stream()
        .map(recorded -> recorded.event().data().node().path("status").asString())
        .toList();
  }

  @Test
  void create_isPending_withDefaults() {
    String id = instruct("'instruction_type':'move','unknown':1");
    assertThat(instruction(api, "s", id))
        .hasToString(
            ("{'instruction_id':'%s','agent_id':'k','instruction_type':'move','payload':{},'sequence_number':null,"
                    + "'priority':'normal','metadata':{},'status':'pending','created_at':'2026-01-05T10:00:00.000Z',"
                    + "'sent_at':null,'acknowledged_at':null,'expires_at':'2026-01-05T11:00:00.000Z','ack_status':null,"
                    + "'result':null,'error_message':null,'processing_time_ms':null,'acknowledgements_count':0}")
                .formatted(id)
                .replace('\'', '"'));
    assertThat(lifecycle(0)).containsExactly("pending");
  }

  @ParameterizedTest
  @CsvSource({
    "null,",
    "0,",
    "0.0,",
    "0.5,2026-01-05T10:00:30.000Z",
    "1e1,2026-01-05T10:10:00.000Z"
  })
  void create_expiry_isInMinutes(String minutes, String expires) {
    String id = instruct("'instruction_type':'a','expires_in_minutes':" + minutes);
    assertThat(instruction(api, "s", id).path("expires_at").asString(null)).isEqualTo(expires);
  }

  @Test
  void create_inClosedSession_is409_inUnknown_is404() {
    ok(api.delete("/debug/sessions/s/close"));
    String path = "/debug/session/%s/create-instruction";
    assertThat(api.post(path.formatted("s"), "{'instruction_type':'a'}").status()).isEqualTo(409);
    assertThat(api.post(path.formatted("t"), "{'instruction_type':'a'}").status()).isEqualTo(404);
  }

  @Test
  void list_isNewestFirst_andCountsAcknowledgements() {
    String first = instruct("'instruction_type':'a'");
    instruct("'instruction_type':'b','priority':'urgent'");
    String third = instruct("'instruction_type':'c'");
    ok(ack(api, "k", "s", first, "processed"));
    ok(ack(api, "k", "s", third, "received"));
    JsonNode answer = ok(api.get("/debug/session/s/instructions"));
    assertThat(types(answer.path("instructions").valueStream().toList()))
        .containsExactly("c", "b", "a");
    assertThat(answer.path("total_instructions").asInt()).isEqualTo(3);
    assertThat(answer.path("acknowledgement_statistics"))
        .hasToString("{\"received\":1,\"processed\":1}");
  }

  @Test
  void snapshot_isInOrderOfDelivery() {
    instruct("'instruction_type':'n-none-1'");
    instruct("'instruction_type':'low','priority':'low','sequence_number':-5");
    instruct("'instruction_type':'n-10','sequence_number':10");
    instruct("'instruction_type':'n-none-2'");
    instruct("'instruction_type':'n-9','sequence_number':9");
    instruct("'instruction_type':'n-minus','sequence_number':-9007199254740991");
    instruct("'instruction_type':'high','priority':'high'");
    instruct("'instruction_type':'urgent','priority':'urgent','sequence_number':9007199254740991");
    assertThat(types(snapshot(api, follow())))
        .containsExactly("urgent", "high", "n-minus", "n-9", "n-10", "n-none-1", "n-none-2", "low");
  }

  @RepeatedTest(5)
  void snapshot_ofAny_isInOrderOfDelivery() {
    record Made(int rank, long sequence, int number) {}
    Random random = new Random();
    List<Made> made = new ArrayList<>();
    List<String> priorities = List.of("urgent", "high", "normal", "low");
    for (int i = 0; i < 60; i++) {
      int rank = random.nextInt(4);
      boolean numbered = random.nextBoolean();
      long sequence = random.nextInt(100) < 50 ? random.nextInt(5) - 2 : random.nextLong() >> 11;
      made.add(new Made(rank, numbered ? sequence : Long.MAX_VALUE, i));
      instruct(
          "'instruction_type':'%d','priority':'%s'%s"
              .formatted(
                  i, priorities.get(rank), numbered ? ",'sequence_number':" + sequence : ""));
    }
    made.sort(
        Comparator.comparingInt(Made::rank)
            .thenComparingLong(Made::sequence)
            .thenComparingInt(Made::number));
    assertThat(types(snapshot(api, follow())))
        .isEqualTo(made.stream().map(one -> "" + one.number()).toList());
  }

  @Test
  void frame_hasWhatTheAgentNeeds() {
    String id =
        instruct(
            "'instruction_type':'move','payload':{'x':[1]},'metadata':{'by':'o'},'sequence_number':3");
    assertThat(snapshot(api, follow()).getFirst())
        .hasToString(
            ("{'type':'instruction','instruction_id':'%s','agent_id':'k','session_id':'s',"
                    + "'instruction_type':'move','payload':{'x':[1]},'sequence_number':3,'priority':'normal',"
                    + "'created_at':'2026-01-05T10:00:00.000Z','expires_at':'2026-01-05T11:00:00.000Z','metadata':{'by':'o'}}")
                .formatted(id)
                .replace('\'', '"'));
  }

  @Test
  void live_showsMakingAloneOfAllChanges() {
    long before = head(api);
    String a = instruct("'instruction_type':'a'");
    Attendant attendant = connect("c", true);
    attendant.delivered(head(api));
    ok(ack(api, "k", "s", a, "received"));
    ok(ack(api, "k", "s", a, "processed"));
    instruct("'instruction_type':'b'");
    assertThat(types(after(api, follow(), before))).containsExactly("a", "b");
  }

  @Test
  void snapshot_leavesOutWhatIsAcknowledgedOrOver() {
    String a = instruct("'instruction_type':'a'");
    instruct("'instruction_type':'b','expires_in_minutes':1");
    instruct("'instruction_type':'c'");
    ok(ack(api, "k", "s", a, "received"));
    clock.seconds(60);
    assertThat(types(snapshot(api, follow()))).containsExactly("c");
  }

  @Test
  void selection_ofEachStream_isAViewOfItsOwn() {
    assertThat(follow().filter()).isEqualTo(follow().filter());
    assertThat(follow().representation()).isNotEqualTo(follow().representation());
  }

  @Test
  void voice_speaksAsAgentsExpect() {
    Voice voice = follow().voice().orElseThrow();
    assertThat(voice.opened("c1"))
        .extracting(Frame::type, frame -> frame.data().toString())
        .containsExactly(
            "connection",
            "{\"type\":\"connection\",\"agent_id\":\"k\",\"session_id\":\"s\",\"connection_id\":\"c1\","
                + "\"status\":\"connected\"}");
    assertThat(voice.heartbeat("c1", Instant.parse("2026-01-05T10:00:00Z")))
        .extracting(Frame::type, frame -> frame.data().toString())
        .containsExactly(
            "heartbeat",
            "{\"type\":\"heartbeat\",\"timestamp\":\"2026-01-05T10:00:00.000Z\",\"connection_id\":\"c1\"}");
  }

  @Test
  void delivered_marksWhatIsAtOrBeforeTheOffset_notBefore() {
    String a = instruct("'instruction_type':'a'");
    long upTo = head(api);
    String b = instruct("'instruction_type':'b'");
    Attendant attendant = connect("c", false);
    assertThat(status(api, "s", a)).isEqualTo("pending");
    clock.seconds(1);
    attendant.delivered(upTo);
    assertThat(instruction(api, "s", a).path("sent_at").asString())
        .isEqualTo("2026-01-05T10:00:01.000Z");
    assertThat(status(api, "s", a)).isEqualTo("sent");
    assertThat(status(api, "s", b)).isEqualTo("pending");
    attendant.delivered(head(api));
    assertThat(status(api, "s", b)).isEqualTo("sent");
    assertThat(lifecycle(upTo)).containsExactly("pending", "sent", "sent");
  }

  @Test
  void delivered_again_changesNothing() {
    instruct("'instruction_type':'a'");
    Attendant attendant = connect("c", false);
    attendant.delivered(head(api));
    clock.seconds(1);
    long before = head(api);
    attendant.delivered(before);
    attendant.delivered(before + 10);
    assertThat(head(api)).isEqualTo(before);
  }

  @Test
  void delivered_toAConnectionWithoutPosition_stampsAgainWhatItGotAgain() {
    String a = instruct("'instruction_type':'a'");
    connect("c", false).delivered(head(api));
    clock.seconds(7);
    assertThat(types(snapshot(api, follow()))).containsExactly("a");
    connect("resumed", true).delivered(head(api));
    assertThat(instruction(api, "s", a).path("sent_at").asString())
        .isEqualTo("2026-01-05T10:00:00.000Z");
    connect("anew", false).delivered(head(api));
    assertThat(instruction(api, "s", a).path("sent_at").asString())
        .isEqualTo("2026-01-05T10:00:07.000Z");
  }

  @Test
  void delivered_resumedBehindWhatWasNeverNoted_marksIt() {
    String a = instruct("'instruction_type':'a'");
    long position = head(api);
    connect("c", true).delivered(position);
    assertThat(status(api, "s", a)).isEqualTo("sent");
  }

  @Test
  void delivered_afterTheAcknowledgement_leavesIt() {
    String a = instruct("'instruction_type':'a'");
    Attendant attendant = connect("c", false);
    clock.seconds(1);
    ok(ack(api, "k", "s", a, "processed"));
    assertThat(instruction(api, "s", a).path("sent_at").asString())
        .isEqualTo("2026-01-05T10:00:01.000Z");
    attendant.delivered(head(api));
    assertThat(status(api, "s", a)).isEqualTo("acknowledged");
    assertThat(lifecycle(0)).containsExactly("pending", "acknowledged");
  }

  @Test
  void delivered_afterTheEnd_changesNothing() {
    String a = instruct("'instruction_type':'a'");
    String b = instruct("'instruction_type':'b','expires_in_minutes':1");
    Attendant attendant = connect("c", false);
    clock.seconds(60);
    attendant.delivered(head(api));
    assertThat(status(api, "s", b)).isEqualTo("pending");
    assertThat(status(api, "s", a)).isEqualTo("sent");
    ok(api.delete("/debug/sessions/s/close"));
    attendant.delivered(head(api));
    assertThat(status(api, "s", a)).isEqualTo("cancelled");
    attendant.closed("completed");
  }

  @Test
  void delivered_toEitherOfTwoConnections_isSent() {
    Attendant first = connect("c1", false);
    Attendant second = connect("c2", false);
    first.delivered(head(api));
    second.delivered(head(api));
    String a = instruct("'instruction_type':'a'");
    second.delivered(head(api));
    long before = head(api);
    first.delivered(before);
    assertThat(status(api, "s", a)).isEqualTo("sent");
    assertThat(head(api)).isEqualTo(before);
  }

  @Test
  void delivered_afterAMoveToAnotherInstrument_marksItThere() {
    assertThat(api.post("/acquisitions", "{'uuid':'a'}").status()).isEqualTo(201);
    session(api, "k5", "moving", "'acquisition_uuid':'a'");
    String id = AgentData.instruct(api, "moving", "'instruction_type':'a'");
    Attendant attendant = attend(AgentData.follow(api, "k5", "moving"), new Stub("c", false));
    assertThat(api.put("/acquisitions/a", "{'instrument_id':'m3'}").status()).isEqualTo(200);
    attendant.delivered(head(api));
    assertThat(status(api, "moving", id)).isEqualTo("sent");
    attendant.closed("gone");
    assertThat(agent(api, "m3", "k5").connectionCount()).isZero();
  }

  @Test
  void expiry_isNotedWithinATurn_andAcknowledgingIs409() {
    String pending = instruct("'instruction_type':'a','expires_in_minutes':1");
    String sent = instruct("'instruction_type':'b','expires_in_minutes':1");
    connect("c", false).delivered(head(api));
    String done = instruct("'instruction_type':'c','expires_in_minutes':1");
    ok(ack(api, "k", "s", done, "received"));
    clock.seconds(59);
    api.tick();
    assertThat(status(api, "s", pending)).isEqualTo("sent");
    clock.seconds(1);
    assertThat(ack(api, "k", "s", sent, "processed"))
        .hasToString("409 {\"detail\":\"the instruction expired at 2026-01-05T10:01:00.000Z\"}");
    api.tick();
    assertThat(status(api, "s", pending)).isEqualTo("expired");
    assertThat(ack(api, "k", "s", sent, "processed").status()).isEqualTo(409);
    ok(ack(api, "k", "s", done, "processed"));
    long before = head(api);
    api.tick();
    assertThat(head(api)).isEqualTo(before);
  }

  @Test
  void expiry_isNotedBeforeANewConnectionBegins() {
    String a = instruct("'instruction_type':'a','expires_in_minutes':1");
    clock.seconds(60);
    Selection selection = follow();
    assertThat(status(api, "s", a)).isEqualTo("expired");
    assertThat(snapshot(api, selection)).isEmpty();
    assertThat(after(api, selection, 0)).isEmpty();
  }

  @Test
  void expiry_afterARestart_isStillNoted() {
    String a = instruct("'instruction_type':'a','expires_in_minutes':1");
    Api next = api.restarted(Microscopy.Settings.DEFAULT);
    clock.seconds(60);
    next.tick();
    assertThat(status(next, "s", a)).isEqualTo("expired");
  }

  @Test
  void ack_receivedThenFinal_isKeptWhole() {
    String a = instruct("'instruction_type':'a'");
    ok(ack(api, "k", "s", a, "received"));
    clock.seconds(2);
    JsonNode answer =
        ok(
            api.post(
                AgentData.path("k", "s") + "/instructions/" + a + "/ack",
                "{'status':'failed','result':'r','error_message':'e','processing_time_ms':12,"
                    + "'processed_at':'2026-01-05T09:59:00'}"));
    assertThat(answer.path("acknowledged_at").asString()).isEqualTo("2026-01-05T10:00:02.000Z");
    JsonNode kept = instruction(api, "s", a);
    assertThat(kept.path("ack_status").asString()).isEqualTo("failed");
    assertThat(kept.path("result").asString()).isEqualTo("r");
    assertThat(kept.path("error_message").asString()).isEqualTo("e");
    assertThat(kept.path("processing_time_ms").asInt()).isEqualTo(12);
    assertThat(kept.path("acknowledgements_count").asInt()).isEqualTo(2);
    assertThat(lifecycle(0)).containsExactly("pending", "acknowledged", "acknowledged");
  }

  @ParameterizedTest
  @CsvSource({
    "received, received, 200",
    "received, declined, 200",
    "processed, processed, 200",
    "processed, failed, 409",
    "processed, received, 409",
    "declined, processed, 409"
  })
  void ack_second_isIdempotentOrRefused(String first, String second, int status) {
    String a = instruct("'instruction_type':'a'");
    Api.Answer answer = ack(api, "k", "s", a, first);
    clock.seconds(1);
    long before = head(api);
    Api.Answer again = ack(api, "k", "s", a, second);
    assertThat(again.status()).isEqualTo(status);
    if (first.equals(second)) assertThat(again).hasToString(answer.toString());
    boolean changes = status == 200 && !first.equals(second);
    assertThat(head(api) > before).isEqualTo(changes);
  }

  @Test
  void ack_ofAnotherSessionsInstruction_is404() {
    session(api, "k", "t", "");
    String other = AgentData.instruct(api, "t", "'instruction_type':'a'");
    assertThat(ack(api, "k", "s", other, "received").status()).isEqualTo(404);
    assertThat(ack(api, "k", "s", "none", "received").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("ack_processedAt that is no time, is 422")
  void ack_processedAtThatIsNoTime_is422() {
    String a = instruct("'instruction_type':'a'");
    assertThat(
            api.post(
                    AgentData.path("k", "s") + "/instructions/" + a + "/ack",
                    "{'status':'processed','processed_at':'noon'}")
                .status())
        .isEqualTo(422);
  }
}
