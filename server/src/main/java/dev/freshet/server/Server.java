package dev.freshet.server;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.server.api.Api;
import dev.freshet.server.api.Waiting;
import dev.freshet.server.auth.LoginCodes;
import dev.freshet.server.auth.Revocations;
import dev.freshet.server.auth.Secret;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.auth.TokenVerifier;
import dev.freshet.server.config.Config;
import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.HttpServer;
import dev.freshet.server.http.Transport;
import dev.freshet.server.limits.InFlight;
import dev.freshet.server.metrics.ServerMetrics;
import dev.freshet.server.stream.Pages;
import dev.freshet.server.stream.Streams;
import dev.freshet.subscription.EndReason;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. Thread-safe. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Config config;
  private final Freshet freshet;
  private final Streams streams;
  private final Waiting waiting;
  private final Revocations revocations;
  private final LoginCodes codes;
  private final HttpServer http;
  private final AtomicBoolean draining;

  private Server(
      Config config,
      Freshet freshet,
      Streams streams,
      Waiting waiting,
      Revocations revocations,
      LoginCodes codes,
      HttpServer http,
      AtomicBoolean draining) {
    this.config = config;
    this.freshet = freshet;
    this.streams = streams;
    this.waiting = waiting;
    this.revocations = revocations;
    this.codes = codes;
    this.http = http;
    this.draining = draining;
  }

  /**
   * Opens the store and listens.
   *
   * @throws dev.freshet.server.config.ConfigException if the configuration does not work here
   * @throws IOException if the address cannot be listened on
   */
  public static Server start(Config config, List<Application> applications) throws IOException {
    Optional<byte[]> secret = Secret.of(config);
    Freshet freshet = Stores.open(config);
    try {
      return start(config, applications, secret, freshet);
    } catch (IOException | RuntimeException e) {
      freshet.close();
      throw e;
    }
  }

  private static Server start(
      Config config, List<Application> applications, Optional<byte[]> secret, Freshet freshet)
      throws IOException {
    InstantSource clock = InstantSource.system();
    ServerMetrics metrics = new ServerMetrics();
    AtomicBoolean draining = new AtomicBoolean();
    Streams streams = new Streams(freshet, Stores.streams(config), metrics.registry(), clock);
    Revocations revocations =
        new Revocations(freshet, clock, whom -> streams.end(whom, EndReason.REVOKED));
    LoginCodes codes = new LoginCodes(config.auth());
    InFlight inFlight = new InFlight(config.limits().requests());
    Waiting waiting = new Waiting(inFlight);
    Exchange exchange =
        Api.of(
            new Api.Parts(
                config,
                freshet,
                new TokenVerifier(config.auth(), secret, clock),
                secret.map(s -> new TokenIssuer(s, config.auth(), clock)),
                revocations,
                codes,
                metrics,
                streams,
                new Pages(freshet, streams, config.stream().jsonPage().bytes()),
                inFlight,
                waiting,
                draining::get,
                clock),
            applications);
    HttpServer http =
        HttpServer.start(
            config,
            Transport.start(config.http()),
            exchange,
            (ctx, open) -> streams.open(ctx, open.stream(), open.headers()));
    metrics.connections(http::connections);
    Server server =
        new Server(config, freshet, streams, waiting, revocations, codes, http, draining);
    LOG.info("listening on {}", server.url());
    Thread.ofVirtual().start(metrics::watchJvm);
    return server;
  }

  public int port() {
    return http.port();
  }

  /** Where clients on this machine find it. */
  public String url() {
    String host =
        config.host().equals("0.0.0.0") || config.host().equals("::") ? "127.0.0.1" : config.host();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** Makes one-time codes for logging in to the console. */
  public LoginCodes loginCodes() {
    return codes;
  }

  /** The library that it serves. */
  public Freshet freshet() {
    return freshet;
  }

  /**
   * Shuts down in order (R3): takes no more connections, lets requests finish, sends the streams
   * away, and closes what is left when the grace period is over.
   */
  @Override
  public void close() {
    stop(config.http().grace());
  }

  /** Shuts down at once; clients see their connections break. */
  public void kill() {
    stop(Duration.ZERO);
  }

  private void stop(Duration grace) {
    if (!draining.compareAndSet(false, true)) return;
    long deadline = System.nanoTime() + grace.toNanos();
    http.drain();
    waiting.end();
    try {
      if (grace.isPositive()) {
        streams.drain(config.stream().drain());
        http.awaitIdle(deadline);
        while (streams.size() > 0 && System.nanoTime() < deadline) TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    revocations.close();
    http.close();
    freshet.close();
  }
}
