package dev.freshet.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one server, with the token in their header and never in the URL (A4). Thread-safe.
 *
 * @param base without a slash at its end
 * @param timeout of a request that is not a stream
 */
record Transport(URI base, HttpClient http, @Nullable TokenSource tokens, Duration timeout) {
  private static final int MAX_ANSWER_BYTES = 64 << 20;

  @Nullable String token() {
    return tokens == null ? null : tokens.token();
  }

  /**
   * A token in place of a refused one, got only once for all who ask; null if there is no other.
   */
  @Nullable String refreshed(@Nullable String refused) {
    if (tokens == null || refused == null) return null;
    String now = tokens.token();
    String fresh = now.equals(refused) ? tokens.refreshed(refused) : now;
    return fresh.equals(refused) ? null : fresh;
  }

  /**
   * @param target path and query, from {@code /}
   */
  HttpRequest.Builder request(String target, @Nullable String token) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + target));
    if (token != null) builder.header("Authorization", "Bearer " + token);
    return builder;
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.timeout(timeout).build(), i -> new BoundedBody(MAX_ANSWER_BYTES));
  }

  CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest.Builder request) {
    return http.sendAsync(request.timeout(timeout).build(), i -> new BoundedBody(MAX_ANSWER_BYTES));
  }
}
