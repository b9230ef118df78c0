package dev.freshet.server.api;

import dev.freshet.application.Application;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.List;

/** The topics that only applications write (PROTOCOL §8). */
record Owned(List<TopicPattern> patterns) {
  static Owned by(List<Application> applications) {
    return new Owned(applications.stream().flatMap(a -> a.owned().stream()).toList());
  }

  /**
   * @throws HttpProblem if the native API may not write the topic
   */
  void refuse(Topic topic) {
    for (TopicPattern pattern : patterns) {
      if (!pattern.matches(topic)) continue;
      throw HttpProblem.of(
          ErrorCode.TOPIC_OWNED,
          "topic '"
              + topic
              + "' is under '"
              + pattern
              + "', which an application writes; use its routes. Nothing was written");
    }
  }
}
