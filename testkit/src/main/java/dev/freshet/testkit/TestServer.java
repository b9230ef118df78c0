package dev.freshet.testkit;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.server.Server;
import dev.freshet.server.auth.Identity;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real server on a free port, in this process: by default with a log in memory, no clock leeway
 * and a known secret.
 *
 * <pre>{@code
 * try (TestServer server = TestServer.start()) {
 *   TestClient client = server.client(server.token("acme", "me", List.of("**"), List.of("**")));
 *   client.post("/v1/events", "{\"topic\":\"a\",\"type\":\"x\"}").statusCode();
 * }
 * }</pre>
 */
public final class TestServer implements AutoCloseable {
  public static final String SECRET = "a secret of the tests, 0123456789, abcdefghijklmnop";

  private final Map<String, String> settings;
  private final List<Application> applications;
  private Server server;

  private TestServer(Map<String, String> settings, List<Application> applications) {
    this.settings = new HashMap<>(settings);
    this.applications = List.copyOf(applications);
    this.server = open();
    this.settings.put("port", Integer.toString(server.port()));
  }

  public static TestServer start() {
    return start(Map.of());
  }

  /**
   * @param settings by key, as docs/configuration.md lists them; they win over this class's own
   */
  public static TestServer start(Map<String, String> settings, Application... applications) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "port", "0",
                "log.store", "memory",
                "auth.secret", SECRET,
                "auth.leeway", "0s",
                "stream.drain", "100ms",
                "http.grace", "5s"));
    all.putAll(settings);
    return new TestServer(all, List.of(applications));
  }

  /** With a durable store in a new directory, so that {@link #restart} keeps what was published. */
  public static TestServer durable(Map<String, String> settings, Application... applications) {
    Map<String, String> all = new HashMap<>(Map.of("log.store", "rocks", "log.durability", "os"));
    all.put("data", newDirectory().toString());
    all.putAll(settings);
    return start(all, applications);
  }

  private Server open() {
    try {
      return Server.start(Config.of(settings), applications);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shuts down in order and starts again on the same port, with the same store. */
  public void restart() {
    stop();
    begin();
  }

  /** Shuts down in order; {@link #begin} starts again. */
  public void stop() {
    server.close();
  }

  /** Starts again on the same port, after {@link #stop} or {@link #kill}. */
  public void begin() {
    server = open();
  }

  /** Breaks every connection, as the end of the process would. */
  public void kill() {
    server.kill();
  }

  public int port() {
    return server.port();
  }

  public String url() {
    return server.url();
  }

  public Server server() {
    return server;
  }

  /** The library behind it, to publish and look without HTTP. */
  public Freshet freshet() {
    return server.freshet();
  }

  /** A token that is good for an hour. */
  public String token(String tenant, String subject, List<String> read, List<String> write) {
    return token(new Identity(tenant, subject, read, write), Duration.ofHours(1));
  }

  public String token(Identity identity, Duration life) {
    Config config = Config.of(settings);
    byte[] secret = config.auth().secret().getBytes(StandardCharsets.UTF_8);
    return new TokenIssuer(secret, config.auth(), InstantSource.system()).issue(identity, life);
  }

  /** A client of tenant {@code acme} that may do everything, administration too. */
  public TestClient admin() {
    List<String> everything = List.of("**", "$freshet/**");
    return client(token("acme", "admin", everything, everything));
  }

  public TestClient client(String token) {
    return new TestClient(url(), token);
  }

  /** A client that shows no token. */
  public TestClient stranger() {
    return new TestClient(url(), "");
  }

  /**
   * The value of a metric, or 0 if it is not there. The series as Prometheus writes it, with its
   * labels.
   */
  public double metric(String series) {
    return stranger()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    server.close();
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("freshet-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
