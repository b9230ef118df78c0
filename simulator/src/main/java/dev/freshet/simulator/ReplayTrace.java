package dev.freshet.simulator;

import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks for what a report left behind whose answer was lost: those that would be doubled if they
 * were sent again, because the server names what they make. What it finds is told to the renaming.
 */
final class ReplayTrace {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern LOGS = Pattern.compile("/agent/([^/]+)/session/[^/]+/logs");
  private static final Pattern INSTRUCTION =
      Pattern.compile("(/debug/session/[^/]+/)create-instruction");

  private final FreshetClient client;
  private final Renaming renaming;

  ReplayTrace(FreshetClient client, Renaming renaming) {
    this.client = client;
    this.renaming = renaming;
  }

  /** Whether the report was carried out, as far as that can be told. */
  boolean found(Recorded report) throws InterruptedException {
    JsonNode body = body(report);
    if (body == null || !report.method().equals("POST")) return false;
    Matcher logs = LOGS.matcher(report.path());
    if (logs.matches()) return stored(logs.group(1), body.path("logs"));
    Matcher instruction = INSTRUCTION.matcher(report.path());
    if (instruction.matches()) {
      return made(
          report,
          get(instruction.group(1) + "instructions").path("instructions"),
          "instruction_id",
          body,
          "instruction_type",
          "payload");
    }
    return report.path().equals("/debug/sessions/create-managed")
        && made(
            report,
            get("/debug/sessions").path("active_sessions"),
            "session_id",
            body,
            "agent_id",
            "acquisition_uuid");
  }

  private static @Nullable JsonNode body(Recorded report) {
    try {
      return report.body() == null ? null : MAPPER.readTree(report.body());
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private boolean stored(String agent, JsonNode lines) throws InterruptedException {
    if (lines.isEmpty()) return false;
    JsonNode last = lines.get(lines.size() - 1);
    return new LogTrace(client, agent)
        .stored(last.path("message").asString(""), last.path("timestamp").asString(""));
  }

  private JsonNode get(String path) throws InterruptedException {
    try {
      return client.send("GET", path, null).body();
    } catch (ProblemException notThere) {
      if (notThere.retryable()) throw notThere;
      return MAPPER.nullNode();
    }
  }

  /** One that no earlier report made, and that is alike in what the report said. */
  private boolean made(Recorded report, JsonNode all, String id, JsonNode body, String... members) {
    for (JsonNode one : all) {
      String name = one.path(id).asString("");
      if (renaming.gave(name) || !alike(one, body, members)) continue;
      String recorded = report.named().get(id);
      if (recorded != null) renaming.named(recorded, name);
      return true;
    }
    return false;
  }

  private static boolean alike(JsonNode one, JsonNode body, String... members) {
    for (String member : members) {
      if (!Objects.equals(one.path(member).toString(), body.path(member).toString())) return false;
    }
    return true;
  }
}
