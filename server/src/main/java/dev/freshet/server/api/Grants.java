package dev.freshet.server.api;

import dev.freshet.access.Principal;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;

/**
 * Who may do what: what may not be read is not there, what may not be written is forbidden
 * (PROTOCOL §6).
 */
final class Grants {
  private static final TopicPattern ADMINISTRATION = TopicPattern.of("$freshet/**");

  private Grants() {}

  static void checkWrite(Principal principal, Topic topic) {
    if (!topic.reserved() && principal.write().permits(topic)) return;
    String reason =
        topic.reserved() ? "is reserved to the server" : "is not in the token's write grant";
    throw HttpProblem.of(
        ErrorCode.FORBIDDEN, "topic '" + topic + "' " + reason + "; nothing was written");
  }

  static void checkAdministratorReads(Principal principal) {
    if (principal.read().covers(ADMINISTRATION)) return;
    throw HttpProblem.of(
        ErrorCode.NOT_FOUND,
        "there is nothing here for a token that may not read " + ADMINISTRATION);
  }

  static void checkAdministratorWrites(Principal principal) {
    if (principal.write().covers(ADMINISTRATION)) return;
    throw HttpProblem.of(
        ErrorCode.FORBIDDEN, "this needs a token that may write " + ADMINISTRATION);
  }
}
