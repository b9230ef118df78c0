package dev.freshet.server.api;

import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.auth.SessionCookie;
import dev.freshet.server.config.Config;
import dev.freshet.server.limits.Rates;
import dev.freshet.server.metrics.LogMeters;
import dev.freshet.server.openapi.ApiDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What answers the operations of openapi.yaml. */
final class NativeRoutes {
  private final Api.Parts parts;
  private final Owned owned;
  private final Authenticator authenticator;
  private final Streaming streaming;

  NativeRoutes(Api.Parts parts, Owned owned, Authenticator authenticator, Streaming streaming) {
    this.parts = parts;
    this.owned = owned;
    this.authenticator = authenticator;
    this.streaming = streaming;
  }

  /**
   * By {@code operationId}.
   *
   * @param documents that are served as one
   */
  Map<String, Handler> handlers(List<ApiDocument> documents) {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.put("streamEvents", streaming);
    handlers.put("readOpenApi", new Documents(documents));
    Rates events =
        new Rates("events", "limits.publish-rate", parts.config().limits().publishRate());
    publishing(handlers, events);
    states(handlers, events);
    sessions(handlers);
    administration(handlers);
    operations(handlers);
    return handlers;
  }

  private void publishing(Map<String, Handler> handlers, Rates events) {
    BatchInput input = new BatchInput(parts.config().limits(), parts.clock());
    handlers.put(
        "publishEvents", new Publish(parts.freshet(), input, owned, events, parts.metrics()));
  }

  private void states(Map<String, Handler> handlers, Rates events) {
    States states = new States(parts.freshet(), owned, events, parts.metrics());
    handlers.put("readState", states::read);
    handlers.put("putState", states::put);
    handlers.put("patchState", states::patch);
    handlers.put("deleteState", states::delete);
  }

  private void sessions(Map<String, Handler> handlers) {
    Sessions sessions =
        new Sessions(
            parts.config().auth(),
            authenticator,
            parts.verifier(),
            parts.codes(),
            parts.issuer(),
            new SessionCookie(secure(parts.config())),
            parts.clock());
    handlers.put("beginSession", sessions::begin);
    handlers.put("readSession", sessions::read);
    handlers.put("endSession", sessions::end);
  }

  private static boolean secure(Config config) {
    return switch (config.auth().secureCookie()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> config.mode() == Config.Mode.PRODUCTION;
    };
  }

  private void administration(Map<String, Handler> handlers) {
    Administration administration =
        new Administration(parts.freshet(), parts.streams(), parts.revocations());
    handlers.put("listTopics", administration::topics);
    handlers.put("revoke", administration::revoke);
    handlers.put("listConnections", administration::connections);
    handlers.put("endConnection", administration::endConnection);
  }

  private void operations(Map<String, Handler> handlers) {
    Health health = new Health(parts.draining(), parts.freshet().store()::failure);
    handlers.put("readLiveness", health::live);
    handlers.put("readReadiness", health::ready);
    LogMeters logs = new LogMeters(parts.freshet(), parts.metrics().registry());
    boolean open = parts.config().metrics().open();
    handlers.put("readMetrics", new Metrics(open, authenticator, parts.metrics(), logs));
  }
}
