package dev.freshet.agents.agui;

import dev.freshet.agents.route.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What AG-UI's clients send: a {@code RunAgentInput}. Its tools and state are not used: the agent
 * has tools of its own, and says what its state is.
 */
record RunInput(JsonNode body) {
  /** Of what the agent is told besides its task, in UTF-16 units. */
  private static final int MOST_CONTEXT = 32_768;

  private static final String USER = "user";
  private static final String LEFT_OUT = "(earlier messages are left out)";

  String threadId() {
    return body.path("threadId").asString();
  }

  String runId() {
    return body.path("runId").asString();
  }

  JsonNode messages() {
    return body.path("messages");
  }

  Optional<String> model() {
    return Optional.ofNullable(body.path("forwardedProps").path("model").asString(null));
  }

  List<JsonNode> resume() {
    return body.path("resume").valueStream().toList();
  }

  /**
   * The last message of the user's.
   *
   * @throws dev.freshet.application.ProblemException if there is none that says anything
   */
  String task() {
    int at = last();
    String task = at < 0 ? "" : text(messages().get(at).path("content")).strip();
    if (!task.isEmpty()) return task;
    throw Failures.invalid("body", "/messages", "has no text of the user's, which is the task");
  }

  private int last() {
    for (int i = messages().size() - 1; i >= 0; i--) {
      if (role(messages().get(i)).equals(USER)) return i;
    }
    return -1;
  }

  private static String role(JsonNode message) {
    return message.path("role").asString("");
  }

  /** A message's text; parts of another kind are left out, as AG-UI asks. */
  private static String text(JsonNode content) {
    if (content.isString()) return content.stringValue();
    return content
        .valueStream()
        .filter(part -> part.path("type").asString("").equals("text"))
        .map(part -> part.path("text").asString(""))
        .collect(Collectors.joining("\n"));
  }

  /**
   * What the agent is told besides its task: the context, and what was said before, of which the
   * oldest is left out where it is too long. Null if there is nothing.
   *
   * @throws dev.freshet.application.ProblemException if the context alone is too long
   */
  @Nullable String context() {
    String given =
        body.path("context")
            .valueStream()
            .map(
                each -> each.path("description").asString() + ":\n" + each.path("value").asString())
            .collect(Collectors.joining("\n\n"));
    if (given.length() > MOST_CONTEXT) {
      throw Failures.invalid(
          "body",
          "/context",
          "has " + given.length() + " characters; at most " + MOST_CONTEXT + ": send less of it");
    }
    String before = conversation(MOST_CONTEXT - given.length());
    String all = given.isEmpty() ? before : before.isEmpty() ? given : given + "\n\n" + before;
    return all.isEmpty() ? null : all;
  }

  private String conversation(int room) {
    List<String> lines = new ArrayList<>();
    int left = room - LEFT_OUT.length();
    for (int i = last() - 1; i >= 0; i--) {
      String line = line(messages().get(i));
      if (line.isEmpty()) continue;
      left -= line.length() + 1;
      if (left < 0) {
        lines.add(LEFT_OUT);
        break;
      }
      lines.add(line);
    }
    return String.join("\n", lines.reversed());
  }

  /** What people and agents said; reasoning and the tools' part are not repeated. */
  private static String line(JsonNode message) {
    String role = role(message);
    if (!role.equals(USER) && !role.equals("assistant")) return "";
    String text = text(message.path("content")).strip();
    return text.isEmpty() ? "" : role + ": " + text;
  }
}
