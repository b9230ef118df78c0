package dev.freshet.agents.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a run has used since it began.
 *
 * @param cost in US dollars; null where no price is configured
 * @param iterations how often the model was asked
 */
public record Usage(
    long inputTokens,
    long outputTokens,
    long totalTokens,
    @Nullable BigDecimal cost,
    long iterations) {
  public static final Usage NONE = new Usage(0, 0, 0, null, 0);

  /** Whether no number of this is less than the other's, and none that was known is not. */
  boolean atLeast(Usage other) {
    BigDecimal known = other.cost;
    return inputTokens >= other.inputTokens
        && outputTokens >= other.outputTokens
        && totalTokens >= other.totalTokens
        && iterations >= other.iterations
        && (known == null || (cost != null && cost.compareTo(known) >= 0));
  }
}
