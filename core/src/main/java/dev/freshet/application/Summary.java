package dev.freshet.application;

import dev.freshet.Tenant;
import tools.jackson.databind.JsonNode;

/**
 * Tells a tenant's administrators how something is doing. May block; called on any thread, one call
 * at a time for a tenant.
 */
@FunctionalInterface
public interface Summary {
  /** As it is now; nothing of another tenant, and no secret. */
  JsonNode of(Tenant tenant);
}
