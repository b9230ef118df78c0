package dev.freshet.proxy;

import dev.freshet.event.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks another service for documents, with a caller's credential. Thread-safe. */
final class Upstream {
  static final String FAILED = "upstream_failed";
  static final String TIMEOUT = "upstream_timeout";
  static final String UNREACHABLE = "upstream_unreachable";
  static final String BUSY = "upstream_busy";
  static final String NOT_JSON = "upstream_not_json";
  static final String TOO_LARGE = "upstream_too_large";

  private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  private final HttpClient http;
  private final Duration timeout;
  private final int mostBytes;
  private final Semaphore requests;

  Upstream(HttpClient http, Proxied settings, int mostBytes) {
    this.http = http;
    this.timeout = settings.timeout();
    this.mostBytes = mostBytes;
    this.requests = new Semaphore(settings.requests(), true);
  }

  /**
   * @param etag of what this credential was given last; empty for none
   */
  Answer ask(URI uri, Credential credential, String etag) throws InterruptedException {
    if (!requests.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS))
      return new Answer.Failed(BUSY, "no request to upstream was free for " + timeout);
    try {
      return send(request(uri, credential, etag));
    } finally {
      requests.release();
    }
  }

  private HttpRequest request(URI uri, Credential credential, String etag) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .version(secure ? Version.HTTP_2 : Version.HTTP_1_1)
            .timeout(timeout)
            .header("Accept", "application/json")
            .header("Authorization", credential.authorization());
    if (!etag.isEmpty()) request.header("If-None-Match", etag);
    return request.build();
  }

  private Answer send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answered = http.sendAsync(request, this::body);
    try {
      return read(answered.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return new Answer.Failed(TIMEOUT, "no answer in " + timeout);
    } catch (ExecutionException failed) {
      return failed(failed.getCause() == null ? failed : failed.getCause());
    } finally {
      answered.cancel(true);
    }
  }

  private BodySubscriber<byte[]> body(ResponseInfo head) {
    return head.statusCode() == 200
        ? new BoundedBody(mostBytes)
        : HttpResponse.BodySubscribers.replacing(new byte[0]);
  }

  private static Answer failed(Throwable cause) {
    String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return switch (cause) {
      case HttpTimeoutException late -> new Answer.Failed(TIMEOUT, why);
      case BoundedBody.TooLargeException large -> new Answer.Failed(TOO_LARGE, why);
      default -> new Answer.Failed(UNREACHABLE, why);
    };
  }

  private static Answer read(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case 200 -> document(response);
      case 304 -> new Answer.Same();
      case 401, 403 -> new Answer.Refused(response.statusCode());
      case 404, 410 -> new Answer.Gone();
      default ->
          new Answer.Failed(
              FAILED, "upstream answered " + response.statusCode(), retryAfter(response));
    };
  }

  private static Answer document(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.matches("application/([\\w.-]+\\+)?json\\s*(;.*)?"))
      return new Answer.Failed(NOT_JSON, "the content type is '" + type + "'");
    try {
      JsonNode node = Json.MAPPER.readTree(response.body());
      if (node.isMissingNode()) return new Answer.Failed(NOT_JSON, "the body is empty");
      return new Answer.Document(node, response.headers().firstValue("etag").orElse(""));
    } catch (JacksonException e) {
      return new Answer.Failed(NOT_JSON, "the body is not JSON");
    }
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    Duration asked =
        response.headers().firstValue("retry-after").flatMap(Upstream::delay).orElse(Duration.ZERO);
    if (asked.isNegative()) return Duration.ZERO;
    return asked.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : asked;
  }

  /** Seconds, or a date. */
  private static Optional<Duration> delay(String text) {
    try {
      if (text.matches("\\d{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(Instant.now(), at));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
