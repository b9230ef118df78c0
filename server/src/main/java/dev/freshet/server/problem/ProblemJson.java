package dev.freshet.server.problem;

import dev.freshet.application.Problem;
import dev.freshet.event.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of {@code application/problem+json} (RFC 9457). */
public final class ProblemJson {
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemJson() {}

  public static byte[] of(HttpProblem problem) {
    ErrorCode code = problem.code();
    ObjectNode body = head(code.wire(), code.title(), code.status(), problem.detail());
    problem.members().forEach(body::putPOJO);
    errors(body, problem.errors());
    return Json.MAPPER.writeValueAsBytes(body);
  }

  /** The body of a problem that an application reports under a code of its own. */
  public static byte[] of(Problem problem) {
    ObjectNode body =
        head(problem.code(), problem.code().replace('_', ' '), problem.status(), problem.detail());
    problem.members().forEach(body::putPOJO);
    errors(body, problem.errors());
    return Json.MAPPER.writeValueAsBytes(body);
  }

  private static ObjectNode head(String code, String title, int status, String detail) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", "urn:freshet:problem:" + code)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("code", code);
  }

  private static void errors(ObjectNode body, List<Problem.Invalid> errors) {
    if (errors.isEmpty()) return;
    ArrayNode places = body.putArray("errors");
    for (Problem.Invalid invalid : errors) {
      places
          .addObject()
          .put("in", invalid.in())
          .put("pointer", invalid.pointer())
          .put("detail", invalid.detail());
    }
  }
}
