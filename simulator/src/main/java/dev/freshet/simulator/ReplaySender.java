package dev.freshet.simulator;

import dev.freshet.client.ClientBuilder;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import dev.freshet.client.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends recorded reports byte by byte as they were, each until it is answered. What the server
 * names is told to the renaming. Owned by one thread.
 */
final class ReplaySender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplaySender.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final String base;
  private final @Nullable TokenSource tokens;
  private final Renaming renaming;
  private final Pace pace;
  private final FreshetClient client;
  private final ReplayTrace trace;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  ReplaySender(URI server, @Nullable TokenSource tokens, Renaming renaming, Pace pace) {
    String text = server.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.tokens = tokens;
    this.renaming = renaming;
    this.pace = pace;
    ClientBuilder builder = FreshetClient.to(server).patience(Duration.ZERO);
    this.client = tokens == null ? builder.build() : builder.tokens(tokens).build();
    this.trace = new ReplayTrace(client, renaming);
  }

  /**
   * Sends a report, and again while the server is away or turns it away.
   *
   * @return the status of the answer; the recorded one, if the report was carried out and its
   *     answer lost
   * @throws ProblemException if the server does not take the token
   */
  int send(Recorded report) throws InterruptedException {
    boolean doubtful = false;
    while (true) {
      try {
        if (doubtful && trace.found(report)) return report.status();
        HttpResponse<byte[]> response = http.send(request(report), BodyHandlers.ofByteArray());
        int status = response.statusCode();
        if (status == 401 && report.status() != 401) throw unauthorized(report);
        if (status != 408 && status != 429 && status < 500) {
          learn(report, response.body());
          // It was carried out by a try whose answer was lost.
          return doubtful && status == 409 ? report.status() : status;
        }
        doubtful |= status >= 500 && status != 503;
        LOG.warn("{} {}: {}; trying again", report.method(), report.path(), status);
      } catch (ProblemException problem) {
        if (!problem.retryable()) throw problem;
        LOG.warn("{} {}: {}; trying again", report.method(), report.path(), problem.getMessage());
      } catch (IOException | UncheckedIOException away) {
        doubtful |= !(away instanceof ConnectException);
        LOG.warn("{} {}: {}; trying again", report.method(), report.path(), away.toString());
      }
      pace.sleep(WAIT);
    }
  }

  private ProblemException unauthorized(Recorded report) throws InterruptedException {
    try {
      client.send("GET", "/debug/sessions", null);
    } catch (ProblemException refused) {
      return refused;
    }
    throw new UncheckedIOException(new IOException(report.path() + " was answered 401"));
  }

  private HttpRequest request(Recorded report) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + report.target()))
            .timeout(TIMEOUT)
            .method(report.method(), BodyPublishers.ofByteArray(Recorded.bytes(report.body())));
    String contentType = report.contentType();
    if (contentType != null) request.header("Content-Type", contentType);
    if (tokens != null) request.header("Authorization", "Bearer " + tokens.token());
    return request.build();
  }

  private void learn(Recorded report, byte[] answer) {
    Map<String, String> now = Names.of(answer, "");
    report
        .named()
        .forEach((member, name) ->
            Optional.ofNullable(now.get(member)).ifPresent(given -> renaming.named(name, given)));
  }

  @Override
  public void close() {
    client.close();
    http.shutdownNow();
  }
}
