package dev.freshet.server;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.application.Summary;
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
import dev.freshet.server.limits.InFlight;
import dev.freshet.server.metrics.ServerMetrics;
import dev.freshet.server.openapi.ApiDocument;
import dev.freshet.server.operating.OperatingSummaries;
import dev.freshet.server.stream.Pages;
import dev.freshet.server.stream.Streams;
import dev.freshet.subscription.EndReason;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. Thread-safe. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Api.Parts parts;
  private final List<Application> applications;
  private final HttpServer http;
  private final AtomicBoolean draining;

  private Server(
      Api.Parts parts, List<Application> applications, HttpServer http, AtomicBoolean draining) {
    this.parts = parts;
    this.applications = applications;
    this.http = http;
    this.draining = draining;
  }

  /**
   * Opens the store and listens.
   *
   * @throws dev.freshet.server.config.ConfigException if the configuration does not work here
   * @throws IOException if the address cannot be listened on, or the data directory not be used
   */
  public static Server start(Config config, List<Application> applications) throws IOException {
    Host.check(config.host());
    var documents = CompletableFuture.supplyAsync(() -> Api.documents(applications));
    Optional<byte[]> secret = Secret.of(config);
    Freshet freshet = Stores.open(config);
    List<Application> started = new ArrayList<>();
    try {
      for (Application application : applications) {
        application.start(freshet);
        started.addFirst(application);
      }
      AtomicBoolean draining = new AtomicBoolean();
      Api.Parts parts = parts(config, freshet, secret, draining);
      List<ApiDocument> described = documents.join();
      Map<String, Summary> summaries = summaries(parts, described.getFirst(), applications);
      applications.forEach(application -> application.observe(summaries));
      applications.forEach(application -> parts.metrics().watch(application.measures()));
      Server server = start(parts, started, Api.of(parts, applications, described), draining);
      LOG.info("listening on {}", server.url());
      Thread.ofVirtual().start(parts.metrics()::watchJvm);
      return server;
    } catch (IOException | RuntimeException e) {
      started.forEach(Application::stop);
      freshet.close();
      throw e;
    }
  }

  /**
   * Makes the store of a server that does not run forget its positions: clients that come back with
   * one get a reset (U3).
   *
   * @return how many tenants have a log
   * @throws IOException if there is no store, or it is in use
   */
  public static int renew(Config config) throws IOException {
    return Stores.renew(config);
  }

  private static Server start(
      Api.Parts parts, List<Application> started, Exchange exchange, AtomicBoolean draining)
      throws IOException {
    Streams streams = parts.streams();
    HttpServer http =
        HttpServer.start(
            parts.config(),
            exchange,
            (ctx, open) -> streams.open(ctx, open.stream(), open.headers()));
    parts.metrics().connections(http::connections);
    return new Server(parts, started, http, draining);
  }

  private static Map<String, Summary> summaries(
      Api.Parts parts, ApiDocument own, List<Application> applications) {
    String version = own.root().path("info").path("version").asString();
    return OperatingSummaries.of(
        parts.config(), version, parts.streams(), parts.clock(), applications);
  }

  private static Api.Parts parts(
      Config config, Freshet freshet, Optional<byte[]> secret, AtomicBoolean draining) {
    InstantSource clock = InstantSource.system();
    ServerMetrics metrics = new ServerMetrics();
    Streams streams = new Streams(freshet, Stores.streams(config), metrics.registry(), clock);
    InFlight inFlight = new InFlight(config.limits().requests());
    return new Api.Parts(
        config,
        freshet,
        new TokenVerifier(config.auth(), secret, clock),
        secret.map(s -> new TokenIssuer(s, config.auth(), clock)),
        new Revocations(freshet, clock, whom -> streams.end(whom, EndReason.REVOKED)),
        new LoginCodes(config.auth()),
        metrics,
        streams,
        new Pages(freshet, streams, config.stream().jsonPage().bytes()),
        inFlight,
        new Waiting(inFlight),
        draining::get,
        clock);
  }

  public int port() {
    return http.port();
  }

  /** Where clients on this machine find it. */
  public String url() {
    String host = parts.config().host();
    if (host.equals("0.0.0.0") || host.equals("::")) host = "127.0.0.1";
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** Makes one-time codes for logging in to the console. */
  public LoginCodes loginCodes() {
    return parts.codes();
  }

  /** The library that it serves. */
  public Freshet freshet() {
    return parts.freshet();
  }

  /**
   * Shuts down in order (R3): takes no more connections, lets requests finish, sends the streams
   * away, and closes what is left when the grace period is over.
   */
  @Override
  public void close() {
    stop(parts.config().http().grace());
  }

  /** Shuts down at once; clients see their connections break. */
  public void kill() {
    stop(Duration.ZERO);
  }

  private void stop(Duration grace) {
    if (!draining.compareAndSet(false, true)) return;
    http.drain();
    parts.waiting().end();
    try {
      if (grace.isPositive()) drain(System.nanoTime() + grace.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parts.revocations().close();
    http.close();
    applications.forEach(Application::stop);
    parts.freshet().close();
  }

  private void drain(long deadline) throws InterruptedException {
    parts.streams().drain(parts.config().stream().drain());
    http.awaitIdle(deadline);
    while (parts.streams().size() > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
