package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Reply;
import dev.freshet.event.Json;
import dev.freshet.view.NativeRepresentation;
import tools.jackson.databind.node.ObjectNode;

/**
 * What clients ask about the server itself; they compare the version with the one that they were
 * made for.
 */
final class Service {
  private static final String OK = "ok";

  private final String version;

  Service(ApiDocument api) {
    this.version = api.version();
  }

  Reply version(Call call) {
    return Reply.of(
        200,
        Json.MAPPER.createObjectNode().put("service", "smartem-decisions").put("version", version));
  }

  Reply status(Call call) {
    ObjectNode status = head(call).put("service", "SmartEM Decisions API");
    status
        .putObject("endpoints")
        .put("health", "/health")
        .put("status", "/status")
        .put("openapi", "/openapi.json");
    return Reply.of(200, status);
  }

  /** Reads the log, so that it is not just the process that is well. */
  Reply health(Call call) {
    ObjectNode health = head(call);
    ObjectNode services = health.putObject("services");
    services
        .putObject("database")
        .put("status", OK)
        .put("details", "log at " + call.tenant().log().head());
    services.putObject("event_broker").put("status", OK).put("details", "the same log");
    return Reply.of(200, health);
  }

  private ObjectNode head(Call call) {
    return Json.MAPPER
        .createObjectNode()
        .put("status", OK)
        .put("version", version)
        .put("timestamp", NativeRepresentation.time(call.tenant().clock().instant()));
  }
}
