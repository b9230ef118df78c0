package dev.freshet.agents.model;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Reads a provider's stream on the thread that asks for it, which is a run's own: an interrupt ends
 * the request at once, whether the answer has begun or not. LangChain4j's own client reads on
 * threads of a pool and can be told to stop only when the next piece comes. Redirects are not
 * followed, since the key would go with them.
 */
final class StreamClient implements dev.langchain4j.http.client.HttpClient {
  private static final int MAX_ERROR = 8 << 10;

  /** No answer that was bounded in tokens comes near. */
  private static final long MAX_STREAM = 64L << 20;

  private final HttpClient http;
  private final Duration timeout;

  private StreamClient(HttpClient http, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
  }

  /** An answer that is not 2xx. */
  static final class Refused extends HttpException {
    private static final long serialVersionUID = 1;
    private final Optional<Duration> retryAfter;

    Refused(int status, Optional<Duration> retryAfter) {
      super(status, "the provider answered " + status);
      this.retryAfter = retryAfter;
    }

    Optional<Duration> retryAfter() {
      return retryAfter;
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = send(request);
      try (InputStream body = response.body()) {
        return answer(response, body.readNBytes((int) MAX_STREAM));
      }
    } catch (IOException | InterruptedException failed) {
      throw unchecked(failed);
    }
  }

  private static RuntimeException unchecked(Exception failed) {
    if (failed instanceof InterruptedException) Thread.currentThread().interrupt();
    return new IllegalStateException(failed);
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    try {
      HttpResponse<InputStream> response = send(request);
      try (InputStream body = new Bounded(response.body())) {
        listener.onOpen(answer(response, new byte[0]));
        parser.parse(body, listener);
      }
      listener.onClose();
    } catch (HttpTimeoutException late) {
      listener.onError(new TimeoutException(late));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      listener.onError(stopped);
    } catch (IOException | RuntimeException failed) {
      listener.onError(failed);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = http.send(request(request), BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 == 2) return response;
    try (InputStream body = response.body()) {
      body.readNBytes(MAX_ERROR);
    }
    throw new Refused(
        response.statusCode(),
        response.headers().firstValue("retry-after").flatMap(StreamClient::seconds));
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  private java.net.http.HttpRequest request(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeout);
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    String body = request.body();
    return builder
        .method(
            request.method().name(),
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private static SuccessfulHttpResponse answer(HttpResponse<InputStream> response, byte[] body) {
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  /** A stream that is too long is broken off. */
  private static final class Bounded extends FilterInputStream {
    private long left = MAX_STREAM;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      count(1);
      return super.read();
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = super.read(into, at, length);
      count(read);
      return read;
    }

    private void count(int read) throws IOException {
      left -= Math.max(0, read);
      if (left < 0) throw new IOException("the answer is too long");
    }
  }

  /** Makes clients that share their connections. */
  static final class Builder implements HttpClientBuilder {
    private final HttpClient http;
    private Duration connect;
    private Duration read;

    /**
     * @param plain whether it is asked without TLS, where an upgrade to HTTP/2 confuses some
     */
    Builder(Duration timeout, boolean plain) {
      this.connect = timeout;
      this.read = timeout;
      this.http =
          HttpClient.newBuilder()
              .connectTimeout(timeout)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .followRedirects(HttpClient.Redirect.NEVER)
              .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
              .build();
    }

    @Override
    public Duration connectTimeout() {
      return connect;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      connect = timeout;
      return this;
    }

    @Override
    public Duration readTimeout() {
      return read;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      read = timeout;
      return this;
    }

    @Override
    public dev.langchain4j.http.client.HttpClient build() {
      return new StreamClient(http, read);
    }
  }
}
