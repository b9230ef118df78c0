package dev.freshet.server.api;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.auth.LoginCodes;
import dev.freshet.server.auth.Origins;
import dev.freshet.server.auth.Revocations;
import dev.freshet.server.auth.SessionCookie;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.auth.TokenVerifier;
import dev.freshet.server.config.Config;
import dev.freshet.server.console.ConsoleFiles;
import dev.freshet.server.limits.InFlight;
import dev.freshet.server.limits.Rates;
import dev.freshet.server.metrics.LogMeters;
import dev.freshet.server.metrics.ServerMetrics;
import dev.freshet.server.openapi.ApiDocument;
import dev.freshet.server.stream.Pages;
import dev.freshet.server.stream.Streams;
import java.net.URL;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Puts the routes together: the native ones, and those of the applications. */
public final class Api {
  private final Parts parts;

  /** What the routes work with. */
  public record Parts(
      Config config,
      Freshet freshet,
      TokenVerifier verifier,
      Optional<TokenIssuer> issuer,
      Revocations revocations,
      LoginCodes codes,
      ServerMetrics metrics,
      Streams streams,
      Pages pages,
      InFlight inFlight,
      Waiting waiting,
      BooleanSupplier draining,
      InstantSource clock) {}

  private Api(Parts parts) {
    this.parts = parts;
  }

  /**
   * @throws IllegalStateException if a route has no handler, a handler no route, or two routes are
   *     the same
   */
  public static Dispatcher of(Parts parts, List<Application> applications) {
    return new Api(parts).dispatcher(applications);
  }

  private Dispatcher dispatcher(List<Application> applications) {
    Config config = parts.config();
    Origins origins = new Origins(config.cors());
    Authenticator authenticator = new Authenticator(parts.verifier(), parts.revocations(), origins);
    Streaming streaming =
        new Streaming(config.limits(), parts.streams(), parts.pages(), parts.waiting());
    ApiDocument own = ApiDocument.load("freshet", resource("/openapi.yaml"));
    Applications mounted = new Applications(parts.freshet(), streaming);
    List<Mount> others = applications.stream().map(mounted::mount).toList();
    List<ApiDocument> documents = new ArrayList<>(List.of(own));
    others.forEach(mount -> documents.add(mount.document()));
    Map<String, Handler> handlers = new HashMap<>();
    handlers.put("streamEvents", streaming);
    handlers.put("readOpenApi", new Documents(documents));
    handlers.put(
        "readMetrics",
        new Metrics(
            config.metrics().open(),
            authenticator,
            parts.metrics(),
            new LogMeters(parts.freshet(), parts.metrics().registry())));
    publishing(handlers);
    states(handlers);
    sessions(handlers, authenticator);
    operations(handlers);
    List<Mount> mounts =
        new ArrayList<>(List.of(new Mount(own, handlers, problem -> Optional.empty())));
    mounts.addAll(others);
    Rates requests = new Rates("requests", "limits.request-rate", config.limits().requestRate());
    Console console = new Console(config.console().enabled(), new ConsoleFiles(config.console()));
    return new Dispatcher(
        mounts, authenticator, origins, requests, parts.inFlight(), parts.metrics(), console);
  }

  private void publishing(Map<String, Handler> handlers) {
    Rates events =
        new Rates("events", "limits.publish-rate", parts.config().limits().publishRate());
    BatchInput input = new BatchInput(parts.config().limits(), parts.clock());
    handlers.put("publishEvents", new Publish(parts.freshet(), input, events, parts.metrics()));
  }

  private void states(Map<String, Handler> handlers) {
    States states = new States(parts.freshet());
    handlers.put("readState", states::read);
    handlers.put("putState", states::put);
    handlers.put("patchState", states::patch);
    handlers.put("deleteState", states::delete);
  }

  private void sessions(Map<String, Handler> handlers, Authenticator authenticator) {
    boolean secure =
        switch (parts.config().auth().secureCookie()) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> parts.config().mode() == Config.Mode.PRODUCTION;
        };
    Sessions sessions =
        new Sessions(
            parts.config().auth(),
            authenticator,
            parts.verifier(),
            parts.codes(),
            parts.issuer(),
            new SessionCookie(secure),
            parts.clock());
    handlers.put("beginSession", sessions::begin);
    handlers.put("readSession", sessions::read);
    handlers.put("endSession", sessions::end);
  }

  private void operations(Map<String, Handler> handlers) {
    Administration administration =
        new Administration(parts.freshet(), parts.streams(), parts.revocations());
    handlers.put("listTopics", administration::topics);
    handlers.put("revoke", administration::revoke);
    handlers.put("listConnections", administration::connections);
    handlers.put("endConnection", administration::endConnection);
    Health health = new Health(parts.draining(), parts.freshet().store()::writable);
    handlers.put("readLiveness", health::live);
    handlers.put("readReadiness", health::ready);
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(Api.class.getResource(name), name);
  }
}
