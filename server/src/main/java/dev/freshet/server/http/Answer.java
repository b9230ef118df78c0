package dev.freshet.server.http;

import dev.freshet.event.Json;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import dev.freshet.server.problem.ProblemJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A whole answer to a request.
 *
 * @param body shared, not to be changed; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // answers are written, not compared
public record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body)
    implements Outcome {
  public static final String JSON = "application/json";

  public Answer {
    headers = List.copyOf(headers);
  }

  public static Answer empty(int status) {
    return new Answer(status, List.of(), new byte[0]);
  }

  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, List.of(Map.entry("content-type", contentType)), body);
  }

  public static Answer json(int status, JsonNode body) {
    return of(status, JSON, Json.MAPPER.writeValueAsBytes(body));
  }

  /** The JSON of a record, map or list. */
  public static Answer json(int status, Object body) {
    return of(status, JSON, Json.from(body).utf8());
  }

  public static Answer problem(HttpProblem problem) {
    ErrorCode code = problem.code();
    Answer answer = of(code.status(), ProblemJson.MEDIA_TYPE, ProblemJson.of(problem));
    if (code.retryable())
      answer = answer.with("retry-after", Long.toString(problem.retryAfterSeconds()));
    return code.status() == 401
        ? answer.with("www-authenticate", "Bearer realm=\"freshet\"")
        : answer;
  }

  public Answer with(String name, String value) {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    all.add(Map.entry(name, value));
    return new Answer(status, all, body);
  }
}
