package dev.freshet.agents.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is stopped.
 *
 * @param cost in US dollars; null where no price is configured
 */
public record Limits(long iterations, long seconds, long tokens, @Nullable BigDecimal cost) {}
