package dev.freshet.proxy;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What upstream says to a credential. */
sealed interface Answer {
  /**
   * @param etag empty if it has none
   */
  record Document(JsonNode node, String etag) implements Answer {}

  /** What has the ETag that was asked with. */
  record Same() implements Answer {}

  /**
   * @param status 401 or 403
   */
  record Refused(int status) implements Answer {}

  /** There is none, for this credential. */
  record Gone() implements Answer {}

  /**
   * It is not known.
   *
   * @param code for viewers
   * @param why for whoever runs the server
   */
  record Failed(String code, String why, Duration retryAfter) implements Answer {
    Failed(String code, String why) {
      this(code, why, Duration.ZERO);
    }
  }
}
