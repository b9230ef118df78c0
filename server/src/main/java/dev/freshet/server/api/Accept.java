package dev.freshet.server.api;

import dev.freshet.server.openapi.MediaType;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import java.util.Arrays;
import java.util.Optional;

/** Whether a client wants a stream or a page (RFC 9110 §12.5.1). */
enum Accept {
  STREAM("text/event-stream"),
  PAGE("application/json");

  private final String mediaType;

  Accept(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Whether a stream is what the client wants, and it says so by name: a wildcard doesn't. */
  static boolean namesStream(Optional<String> header) {
    boolean named =
        header.stream()
            .flatMap(ranges -> Arrays.stream(ranges.split(",", -1)))
            .anyMatch(range -> STREAM.precision(MediaType.of(range)) == 2 && quality(range) > 0);
    return named && of(header) == STREAM;
  }

  /**
   * @throws HttpProblem if it wants neither
   */
  static Accept of(Optional<String> header) {
    if (header.isEmpty() || header.get().isBlank()) return STREAM;
    double stream = STREAM.weight(header.get());
    double page = PAGE.weight(header.get());
    if (stream > 0 || page > 0) return page > stream ? PAGE : STREAM;
    throw HttpProblem.of(
        ErrorCode.NOT_ACCEPTABLE,
        "'"
            + MediaType.printable(header.get())
            + "' is not served here; accept text/event-stream or application/json");
  }

  /**
   * The quality that the header gives to this type; of equal ones the type that is named weighs
   * more.
   */
  private double weight(String header) {
    double best = 0;
    int precision = -1;
    for (String range : header.split(",", -1)) {
      int precise = precision(MediaType.of(range));
      if (precise <= precision) continue;
      precision = precise;
      best = quality(range) == 0 ? 0 : quality(range) + precise / 10_000.0;
    }
    return best;
  }

  private int precision(String range) {
    if (range.equals(mediaType)) return 2;
    if (range.equals(mediaType.substring(0, mediaType.indexOf('/')) + "/*")) return 1;
    return range.equals("*/*") ? 0 : -1;
  }

  private static double quality(String range) {
    String q = MediaType.parameter(range, "q");
    return q.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(q) : 1;
  }
}
