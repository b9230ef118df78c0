package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.application.Call;
import tools.jackson.databind.JsonNode;

/** A call in this application's words. */
record Request(Call call) {
  Tenant tenant() {
    return call.tenant();
  }

  Access access() {
    return new Access(call.principal());
  }

  Entities entities() {
    return new Entities(call.tenant().log(), access());
  }

  /** The uuid in the path. */
  String uuid(Kind kind) {
    return call.pathParameter(kind.parameter());
  }

  /** The body, which the OpenAPI description requires. */
  JsonNode body() {
    return call.body().orElseThrow();
  }
}
