package dev.freshet.server.api;

import dev.freshet.application.Attendant;
import dev.freshet.application.Feed;
import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import dev.freshet.server.config.LimitsConfig;
import dev.freshet.server.http.Answer;
import dev.freshet.server.http.OpenStream;
import dev.freshet.server.http.Outcome;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import dev.freshet.server.stream.Pages;
import dev.freshet.server.stream.StreamRequest;
import dev.freshet.server.stream.Streams;
import dev.freshet.view.NativeRepresentation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /v1/stream} (PROTOCOL §2, §3), and what the streams of applications have in common
 * with it.
 */
final class Streaming implements Handler {
  private static final int DEFAULT_LIMIT = 500;

  private final LimitsConfig limits;
  private final Streams streams;
  private final Pages pages;
  private final Waiting waiting;

  Streaming(LimitsConfig limits, Streams streams, Pages pages, Waiting waiting) {
    this.limits = limits;
    this.streams = streams;
    this.pages = pages;
    this.waiting = waiting;
  }

  @Override
  public Outcome handle(Request request) throws InterruptedException {
    List<String> topics = request.query().getOrDefault("topic", List.of());
    List<String> types = request.query().getOrDefault("type", List.of());
    checkCount(topics.size(), "topics");
    checkCount(types.size(), "types");
    types.forEach(Streaming::checkType);
    Filter filter = new Filter(topics.stream().map(TopicPattern::of).toList(), Set.copyOf(types));
    return open(request, new Feed.Selection(filter, NativeRepresentation.NATIVE));
  }

  /** A stream of what was selected, or a page of it if that is what the client accepts. */
  Outcome open(Request request, Feed.Selection selection) throws InterruptedException {
    boolean opens = false;
    try {
      Outcome outcome = outcome(request, selection);
      opens = outcome instanceof OpenStream;
      return outcome;
    } finally {
      if (!opens) selection.attendant().ifPresent(Attendant::discarded);
    }
  }

  private Outcome outcome(Request request, Feed.Selection selection) throws InterruptedException {
    Accept accept = Accept.of(request.header("accept"));
    StreamRequest stream =
        new StreamRequest(
            request.principal(),
            selection,
            selection
                .position()
                .or(() -> request.header("last-event-id").filter(Streaming::given))
                .or(() -> request.queryParameter("after").filter(Streaming::given)),
            accept == Accept.STREAM ? "sse" : "page");
    if (accept == Accept.PAGE) return page(request, stream);
    return streams
        .prepare(stream)
        .<Outcome>map(s -> new OpenStream(s, List.of()))
        .orElseGet(() -> Answer.empty(204));
  }

  /** An empty position is none, as a native EventSource that has seen no id means it. */
  private static boolean given(String position) {
    return !position.isEmpty();
  }

  private Answer page(Request request, StreamRequest stream) throws InterruptedException {
    int limit = request.queryParameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    Duration wait =
        Duration.ofSeconds(request.queryParameter("wait").map(Integer::parseInt).orElse(0));
    Optional<byte[]> page = waiting.run(wait, w -> pages.page(stream, limit, w));
    stream.selection().attendant().ifPresent(Attendant::answering);
    return page.map(body -> Answer.of(200, Answer.JSON, body)).orElseGet(() -> Answer.empty(204));
  }

  private void checkCount(int count, String what) {
    if (count > limits.patterns()) {
      throw HttpProblem.of(
              ErrorCode.TOO_MANY_TOPICS,
              count
                  + " "
                  + what
                  + " in one subscription; at most "
                  + limits.patterns()
                  + " (limits.patterns); use a wildcard, or several streams")
          .bound(limits.patterns(), count);
    }
  }

  private static void checkType(String type) {
    if (!type.isEmpty()
        && type.length() <= Event.MAX_TYPE_LENGTH
        && type.chars().noneMatch(Character::isISOControl)) return;
    throw HttpProblem.of(
        ErrorCode.INVALID_TYPE,
        "a type has 1 to "
            + Event.MAX_TYPE_LENGTH
            + " characters without control characters; this one has "
            + type.length());
  }
}
