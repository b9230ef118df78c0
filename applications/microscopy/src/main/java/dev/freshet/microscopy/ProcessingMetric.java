package dev.freshet.microscopy;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What processing found out about a micrograph so far: the payload of {@code processing.metric}.
 * Null where there is no result yet.
 *
 * @param totalMotion in Å, over all frames
 * @param averageMotion in Å, per frame
 * @param ctfMaxResolutionEstimate in Å
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ProcessingMetric(
    String micrographUuid,
    String foilholeUuid,
    @Nullable Double totalMotion,
    @Nullable Double averageMotion,
    @Nullable Double ctfMaxResolutionEstimate,
    @Nullable Long numberOfParticlesPicked,
    @Nullable Long numberOfParticlesSelected) {

  static ProcessingMetric of(JsonNode micrograph) {
    return new ProcessingMetric(
        micrograph.path("uuid").asString(),
        micrograph.path("foilhole_uuid").asString(),
        number(micrograph.path("total_motion")),
        number(micrograph.path("average_motion")),
        number(micrograph.path("ctf_max_resolution_estimate")),
        count(micrograph.path("number_of_particles_picked")),
        count(micrograph.path("number_of_particles_selected")));
  }

  /** Whether there is any result. */
  boolean known() {
    return totalMotion != null
        || averageMotion != null
        || ctfMaxResolutionEstimate != null
        || numberOfParticlesPicked != null
        || numberOfParticlesSelected != null;
  }

  private static @Nullable Double number(JsonNode node) {
    return node.isNumber() ? node.asDouble() : null;
  }

  private static @Nullable Long count(JsonNode node) {
    return node.isNumber() ? node.asLong() : null;
  }
}
