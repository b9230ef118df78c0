package dev.freshet.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a {@link FreshetClient} is made of. Not thread-safe. */
public final class ClientBuilder {
  private final URI base;
  private @Nullable TokenSource tokens;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration requestTimeout = Duration.ofSeconds(30);
  private Duration patience = Duration.ofMinutes(1);
  private Backoff backoff = Backoff.of(Duration.ofMillis(200), Duration.ofSeconds(10));
  private Time time = Time.SYSTEM;
  private RandomGenerator random = new SharedRandom();

  ClientBuilder(URI base) {
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http") || scheme.equals("https");
    if (!http || base.getHost() == null || base.getQuery() != null || base.getFragment() != null) {
      throw new IllegalArgumentException(
          "'" + base + "' is no server; give http(s)://HOST[:PORT] and a path at most");
    }
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /** Without a source, requests carry no token. */
  public ClientBuilder tokens(TokenSource source) {
    tokens = source;
    return this;
  }

  public ClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = timeout;
    return this;
  }

  /** How long one try of a request that is not a stream may take. */
  public ClientBuilder requestTimeout(Duration timeout) {
    requestTimeout = timeout;
    return this;
  }

  /** How long after the first try of a request another one may begin; zero for no retries. */
  public ClientBuilder patience(Duration duration) {
    patience = duration;
    return this;
  }

  /** Between the tries of a request; a subscription has its own. */
  public ClientBuilder backoff(Backoff newBackoff) {
    backoff = newBackoff;
    return this;
  }

  ClientBuilder time(Time newTime) {
    time = newTime;
    return this;
  }

  ClientBuilder random(RandomGenerator newRandom) {
    random = newRandom;
    return this;
  }

  public FreshetClient build() {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    Transport transport = new Transport(base, http, tokens, requestTimeout);
    return new FreshetClient(transport, new Sender(transport, backoff, patience, time, random));
  }
}
