package dev.freshet.server.api;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.auth.LoginCodes;
import dev.freshet.server.auth.Origins;
import dev.freshet.server.auth.Revocations;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.auth.TokenVerifier;
import dev.freshet.server.config.Config;
import dev.freshet.server.console.ConsoleFiles;
import dev.freshet.server.limits.InFlight;
import dev.freshet.server.limits.Rates;
import dev.freshet.server.metrics.ServerMetrics;
import dev.freshet.server.openapi.ApiDocument;
import dev.freshet.server.stream.Pages;
import dev.freshet.server.stream.Streams;
import java.net.URL;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Puts the routes together: the native ones, and those of the applications. */
public final class Api {
  private Api() {}

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

  /** The descriptions of all routes: the native one, then each application's. Takes a while. */
  public static List<ApiDocument> documents(List<Application> applications) {
    URL own = Objects.requireNonNull(Api.class.getResource("/openapi.yaml"));
    List<ApiDocument> documents = new ArrayList<>(List.of(ApiDocument.load("freshet", own)));
    for (Application application : applications) {
      documents.add(ApiDocument.load(application.name(), application.openApi()));
    }
    return documents;
  }

  /**
   * @param documents of these applications
   * @throws dev.freshet.server.config.ConfigException if a proxied resource is where another route
   *     is
   * @throws IllegalStateException if a route has no handler, a handler no route, or two routes are
   *     the same
   */
  public static Dispatcher of(
      Parts parts, List<Application> applications, List<ApiDocument> documents) {
    Config config = parts.config();
    ResourcePaths.check(config, documents);
    Origins origins = new Origins(config.cors());
    Authenticator authenticator = new Authenticator(parts.verifier(), parts.revocations(), origins);
    Streaming streaming =
        new Streaming(config.limits(), parts.streams(), parts.pages(), parts.waiting());
    return new Dispatcher(
        mounts(
            applications,
            documents,
            new NativeRoutes(parts, Owned.by(applications), authenticator, streaming),
            streaming,
            parts),
        authenticator,
        origins,
        new Rates("requests", "limits.request-rate", config.limits().requestRate()),
        parts.inFlight(),
        parts.metrics(),
        new Console(config.console().enabled(), new ConsoleFiles(config.console())));
  }

  private static List<Mount> mounts(
      List<Application> applications,
      List<ApiDocument> documents,
      NativeRoutes own,
      Streaming streaming,
      Parts parts) {
    List<Mount> mounts = new ArrayList<>();
    mounts.add(
        new Mount(documents.getFirst(), own.handlers(documents), problem -> Optional.empty()));
    Applications mounted = new Applications(parts.freshet(), streaming);
    for (int i = 0; i < applications.size(); i++) {
      mounts.add(mounted.mount(applications.get(i), documents.get(i + 1)));
    }
    return mounts;
  }
}
