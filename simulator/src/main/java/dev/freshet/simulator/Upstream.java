package dev.freshet.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The server behind a proxy. Headers that are between two neighbours end here (RFC 9110 §7.6.1).
 */
final class Upstream implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** The client's own, and those that would hide an answer from the recorder. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "host",
          "content-length",
          "expect",
          "accept-encoding",
          "date");

  private final String base;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Upstream(URI server) {
    String text = server.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** A whole answer. */
  static final class Answer {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private Answer(int status, Map<String, List<String>> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    int status() {
      return status;
    }

    Map<String, List<String>> headers() {
      return headers;
    }

    /** Not to be changed. */
    byte[] body() {
      return body;
    }

    static Answer problem(int status, String code, String detail) {
      String document =
          Script.object()
              .put("status", status)
              .put("code", code)
              .put("title", "The recorder could not pass this on")
              .put("detail", detail)
              .toString();
      return new Answer(
          status,
          Map.of("Content-Type", List.of("application/problem+json")),
          document.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** An answer that still comes. */
  record Open(int status, Map<String, List<String>> headers, InputStream body)
      implements AutoCloseable {
    boolean hasBody() {
      return status != 204 && status != 304;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /** There was no answer. */
  static final class AwayException extends IOException {
    private static final long serialVersionUID = 1;

    private AwayException(String message, IOException cause) {
      super(message, cause);
    }
  }

  /** The server's answer; 502 where it gives none, or one past the bound. */
  Answer send(HttpExchange exchange, byte[] body, int bound) throws InterruptedException {
    HttpRequest.Builder request = request(exchange).timeout(TIMEOUT);
    request.method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] answer = in.readNBytes(bound + 1);
        if (answer.length > bound) {
          return Answer.problem(502, "bad_gateway", "the answer exceeds " + bound + " bytes");
        }
        return new Answer(response.statusCode(), passed(response.headers().map()), answer);
      }
    } catch (IOException away) {
      return Answer.problem(502, "bad_gateway", away(away));
    }
  }

  private String away(IOException why) {
    return "no answer from " + base + ": " + why;
  }

  /**
   * @throws AwayException if there is no answer
   */
  Open open(HttpExchange exchange) throws IOException, InterruptedException {
    HttpRequest request =
        request(exchange).method(exchange.getRequestMethod(), BodyPublishers.noBody()).build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      return new Open(response.statusCode(), passed(response.headers().map()), response.body());
    } catch (IOException why) {
      throw new AwayException(away(why), why);
    }
  }

  private HttpRequest.Builder request(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + uri.getRawPath() + query));
    passed(exchange.getRequestHeaders())
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return request;
  }

  private static Map<String, List<String>> passed(Map<String, List<String>> headers) {
    Set<String> between = new HashSet<>(NOT_PASSED);
    headers.forEach((name, values) -> {
      if (!name.equalsIgnoreCase("connection")) return;
      for (String value : values) {
        for (String option : value.split(",", -1)) between.add(lower(option.strip()));
      }
    });
    Map<String, List<String>> passed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> {
      if (!between.contains(lower(name)) && !name.startsWith(":")) passed.put(name, values);
    });
    return passed;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
