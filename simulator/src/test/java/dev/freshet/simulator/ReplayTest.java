package dev.freshet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.client.ProblemException;
import dev.freshet.client.TokenSource;
import dev.freshet.simulator.RecordingServer.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ReplayTest {
  private static final String A = "aaaaaaaa-0000-4000-8000-000000000001";
  private static final String S = "aaaaaaaa-0000-4000-8000-000000000002";
  private static final String CREATED =
      line(1, 0, "POST", "/acquisitions", "{'uuid':'" + A + "'}", 201);
  private static final String CHANGED = line(2, 5000, "PUT", "/acquisitions/" + A, "{ }", 200);

  @TempDir private Path directory;

  private final LeapingPace pace = new LeapingPace();
  private volatile ToIntFunction<Received> statuses = r -> 0;
  private final RecordingServer server = new RecordingServer(r -> statuses.applyAsInt(r));

  ReplayTest() throws IOException {}

  @AfterEach
  void close() {
    server.close();
  }

  private static String line(int n, int at, String method, String path, String body, int status) {
    return """
    {"n":%d,"at_ms":%d,"method":"%s","path":"%s","body":%s,"status":%d}
    """
        .formatted(n, at, method, path, quoted(body), status);
  }

  private static String quoted(String body) {
    return new JsonMapper().writeValueAsString(body.replace('\'', '"'));
  }

  private Replay.Outcome replay(Renaming renaming, String... lines) throws Exception {
    Path file = directory.resolve("recording.jsonl");
    Files.writeString(file, String.join("", lines));
    return new Replay(server.uri(), TokenSource.of("agents"), file, 10, renaming, pace).run();
  }

  private List<String> paths() {
    return server.accepted().stream().map(Received::path).toList();
  }

  @Test
  void recording_replayed_isSentAsItWas_atItsPace() throws Exception {
    Instant start = pace.now();
    Replay.Outcome outcome = replay(Renaming.none(), CREATED, CHANGED);
    assertThat(outcome).isEqualTo(new Replay.Outcome(2, 0, 0, List.of(), false));
    assertThat(server.accepted())
        .containsExactly(
            new Received("POST", "/acquisitions", "Bearer agents", "{\"uuid\":\"" + A + "\"}"),
            new Received("PUT", "/acquisitions/" + A, "Bearer agents", "{ }"));
    assertThat(pace.now()).isEqualTo(start.plusMillis(500));
  }

  @Test
  void lines_inTheOrderOfAnswers_areSentInThatOfArrival() throws Exception {
    replay(Renaming.none(), CHANGED, CREATED);
    assertThat(paths()).containsExactly("/acquisitions", "/acquisitions/" + A);
  }

  @Test
  void answers_thatDiffer_areTold() throws Exception {
    replay(Renaming.none(), CREATED);
    Replay.Outcome again = replay(Renaming.none(), CREATED, CHANGED);
    assertThat(again.different()).isEqualTo(1);
    assertThat(again.examples()).containsExactly("POST /acquisitions: 409 where 201 was recorded");
  }

  @Test
  void renamed_goesTwice_andConsistently() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(replay(Renaming.afresh(), CREATED, CHANGED).different()).isZero();
    }
    List<String> changed = paths().stream().filter(p -> p.startsWith("/acquisitions/")).toList();
    assertThat(changed).hasSize(2).doesNotHaveDuplicates().doesNotContain("/acquisitions/" + A);
    for (String path : changed) {
      assertThat(server.accepted())
          .anyMatch(r -> r.body().contains(path.substring("/acquisitions/".length())));
    }
  }

  @Test
  void names_ofTheServer_areThoseItGivesNow() throws Exception {
    String created =
        line(1, 0, "POST", "/debug/sessions/create-managed", "{'agent_id':'a'}", 200)
            .replace("\"status\"", "\"named\":{\"session_id\":\"" + S + "\"},\"status\"");
    String beat = line(2, 0, "POST", "/agent/a/session/" + S + "/heartbeat", "", 200);
    assertThat(replay(Renaming.none(), created, beat).different()).isZero();
    assertThat(server.agents().heartbeats()).isEqualTo(1);
  }

  @Test
  void reports_thatWereNotTaken_areLeftOut() throws Exception {
    String refused = CREATED.replace(":201", ":503");
    Replay.Outcome outcome =
        replay(Renaming.none(), refused, CHANGED.replace("\"n\":2", "\"n\":3"));
    assertThat(outcome.passedOver()).isEqualTo(1);
    assertThat(paths()).containsExactly("/acquisitions/" + A);
  }

  @Test
  void server_awayForAWhile_isWaitedFor() throws Exception {
    AtomicBoolean refused = new AtomicBoolean();
    statuses = r -> refused.getAndSet(true) ? 0 : 503;
    assertThat(replay(Renaming.none(), CREATED).different()).isZero();
    assertThat(server.accepted()).hasSize(1);
  }

  @Test
  void answers_lost_doubleNothing() throws Exception {
    String session = "/agent/a/session/s0/logs";
    String created =
        line(1, 0, "POST", "/debug/sessions/create-managed", "{'agent_id':'a'}", 200)
            .replace("\"status\"", "\"named\":{\"session_id\":\"s0\"},\"status\"");
    String logs =
        line(
            2,
            0,
            "POST",
            session,
            "{'logs':[{'timestamp':'2026-01-05T08:00:00Z','level':'INFO','message':'m'}]}",
            200);
    String order =
        line(
            3,
            0,
            "POST",
            "/debug/session/s0/create-instruction",
            "{'instruction_type':'x','payload':{'a':1}}",
            200);
    String acquisition = CREATED.replace("\"n\":1", "\"n\":4");
    var lost = new ConcurrentSkipListSet<String>();
    statuses =
        r -> r.method().equals("POST") && lost.add(r.path()) ? RecordingServer.ANSWER_LOST : 0;
    Replay.Outcome outcome = replay(Renaming.none(), created, logs, order, acquisition);
    assertThat(outcome.examples()).isEmpty();
    assertThat(lost).hasSize(4);
    assertThat(server.agents().sessions()).hasSize(1);
    assertThat(server.agents().logs()).hasSize(1);
    assertThat(server.agents().instructions()).hasSize(1);
    assertThat(server.accepted()).hasSize(1);
  }

  @Test
  void token_refused_stops_A2() {
    statuses = r -> 401;
    assertThatThrownBy(() -> replay(Renaming.none(), CREATED, CHANGED))
        .isInstanceOf(ProblemException.class);
    assertThat(server.requests()).extracting(Received::method).containsOnlyOnce("POST");
  }

  @Test
  void lastLine_cutOff_isLeftOut() throws Exception {
    String cut = CHANGED.substring(0, CHANGED.length() / 2);
    Replay.Outcome outcome = replay(Renaming.none(), CREATED, cut);
    assertThat(outcome.truncated()).isTrue();
    assertThat(outcome.sent()).isEqualTo(1);
  }

  @Test
  void lastLine_withoutItsEnd_isTaken() throws Exception {
    assertThat(replay(Renaming.none(), CREATED, CHANGED.strip()).sent()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          no json                                                      | it is not JSON
          []                                                           | it is not a JSON object
          {"n":1,"at_ms":0,"method":"POST","status":200}               | path must be a path from /
          {"n":1,"at_ms":0,"method":"POST","path":"/","status":2}      | status must be a number, at least 100
          {"n":1,"at_ms":-1,"method":"POST","path":"/","status":200}   | at_ms must be a number, at least 0
          {"at_ms":0,"method":"POST","path":"/","status":200}          | n must be a number, at least 1
          {"n":1,"at_ms":0,"method":"go","path":"/","status":200}      | method must be a method
          {"n":1,"at_ms":0,"method":"GET","path":"/","body":{},"status":200} | body must be a string
          """)
  void line_thatIsNone_isNamed_andNothingIsSent(String line, String what) {
    assertThatThrownBy(() -> replay(Renaming.none(), CREATED, line + "\n", CHANGED))
        .isInstanceOf(RecordingException.class)
        .hasMessage(directory.resolve("recording.jsonl") + ": line 2: " + what);
    assertThat(server.requests()).isEmpty();
  }
}
