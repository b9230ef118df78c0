package dev.freshet.tasks.transfer;

import dev.freshet.net.HttpRequest;
import dev.freshet.net.HttpResponse;
import dev.freshet.net.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file on a server. */
record HttpSource(HttpRequest request) implements Source {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");
  private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  @Override
  public Found look() throws IOException, TransferException {
    try (HttpResponse response = send("HEAD", Map.of())) {
      if (response.status() == 200) {
        boolean ranges = !response.header("accept-ranges").orElse("").equalsIgnoreCase("none");
        return new Found(identity(response, response.length().orElse(null)), ranges);
      }
      if (!headRefused(response.status())) throw refused(response);
    }
    return lookByRange();
  }

  private HttpResponse send(String method, Map<String, String> more)
      throws IOException, TransferException {
    try {
      return request.send(method, more);
    } catch (RefusedException refused) {
      throw TransferException.file(refused.code(), refused.getMessage());
    }
  }

  /** Some servers, and most signed URLs, take no HEAD. */
  private static boolean headRefused(int status) {
    return status == 400 || status == 403 || status == 404 || status == 405 || status == 501;
  }

  private Found lookByRange() throws IOException, TransferException {
    try (HttpResponse response = send("GET", Map.of("Range", "bytes=0-0"))) {
      Optional<Matcher> range = contentRange(response);
      if (response.status() == 206 && range.isPresent())
        return new Found(identity(response, Long.valueOf(range.get().group(3))), true);
      if (response.status() == 200 || response.status() == 416)
        return new Found(
            identity(response, response.status() == 200 ? response.length().orElse(null) : null),
            false);
      throw refused(response);
    }
  }

  private static Identity identity(HttpResponse response, @Nullable Long length) {
    String etag = response.header("etag").filter(tag -> tag.startsWith("\"")).orElse(null);
    return new Identity(etag, response.header("last-modified").orElse(null), length);
  }

  private static Optional<Matcher> contentRange(HttpResponse response) {
    return response.header("content-range").map(CONTENT_RANGE::matcher).filter(Matcher::matches);
  }

  @Override
  public Content range(long from, long to, Identity known)
      throws IOException, TransferException, SourceChangedException {
    HttpResponse response =
        send(
            "GET",
            Map.of(
                "Range",
                "bytes=" + from + "-" + (to - 1),
                "If-Range",
                known.validator().orElseThrow()));
    try {
      requireRange(response, from, to, known);
      return new Body(response, known);
    } catch (IOException | TransferException | SourceChangedException | RuntimeException refused) {
      response.close();
      throw refused;
    }
  }

  private static void requireRange(HttpResponse response, long from, long to, Identity known)
      throws IOException, TransferException, SourceChangedException {
    switch (response.status()) {
      case 206 -> {
        Matcher range = contentRange(response).orElseThrow(() -> new SourceChangedException(true));
        Identity now = identity(response, Long.valueOf(range.group(3)));
        boolean same =
            known.length() != null && known.length().equals(now.length()) && agree(known, now);
        if (!same) throw new SourceChangedException(false);
        boolean asked =
            Long.parseLong(range.group(1)) == from && Long.parseLong(range.group(2)) == to - 1;
        if (!asked) throw new SourceChangedException(true);
        requireIdentity(response);
      }
      case 200 -> {
        Identity now = identity(response, response.length().orElse(null));
        throw new SourceChangedException(now.equals(known));
      }
      case 412, 416 -> throw new SourceChangedException(false);
      default -> throw refused(response);
    }
  }

  /** What an answer to a range leaves out says nothing against it. */
  private static boolean agree(Identity known, Identity now) {
    if (known.etag() != null && now.etag() != null) return known.etag().equals(now.etag());
    return known.lastModified() == null
        || now.lastModified() == null
        || known.lastModified().equals(now.lastModified());
  }

  @Override
  public Content whole() throws IOException, TransferException {
    HttpResponse response = send("GET", Map.of());
    try {
      if (response.status() != 200) throw refused(response);
      requireIdentity(response);
      return new Body(response, identity(response, response.length().orElse(null)));
    } catch (IOException | TransferException | RuntimeException refused) {
      response.close();
      throw refused;
    }
  }

  /** A compressed body is not the file. */
  private static void requireIdentity(HttpResponse response) throws TransferException {
    String coding = response.header("content-encoding").orElse("identity");
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity"))
      throw TransferException.file("encoding_refused", "the server sends it encoded as " + coding);
  }

  private static TransferException refused(HttpResponse response) {
    int status = response.status();
    String message = "the server answers " + status;
    boolean passing = status == 408 || status == 425 || status == 429 || status >= 500;
    if (passing)
      return TransferException.attempt(
          "http_" + status, message, retryAfter(response.header("retry-after").orElse("")));
    return TransferException.file("http_" + status, message);
  }

  private static Duration retryAfter(String text) {
    Duration wait = Duration.ZERO;
    try {
      wait =
          text.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : text.isEmpty() ? wait : untilDate(text);
    } catch (DateTimeException notADate) {
      // As if it were not there.
    }
    return wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait;
  }

  private static Duration untilDate(String text) {
    Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    Duration wait = Duration.between(Instant.now(), then);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private record Body(HttpResponse response, Identity identity) implements Content {
    @Override
    public InputStream stream() {
      return response.body();
    }

    @Override
    public void close() throws IOException {
      response.close();
    }
  }
}
