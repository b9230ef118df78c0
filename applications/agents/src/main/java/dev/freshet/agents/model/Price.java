package dev.freshet.agents.model;

import java.math.BigDecimal;

/**
 * What a model costs, in US dollars for a million tokens.
 *
 * @param input of what it is sent
 * @param output of what it says
 */
public record Price(BigDecimal input, BigDecimal output) {
  private static final int MILLION = 6;

  public Price {
    if (input.signum() < 0 || output.signum() < 0)
      throw new IllegalArgumentException("a price is not negative");
  }

  public BigDecimal of(long inputTokens, long outputTokens) {
    return input
        .multiply(BigDecimal.valueOf(inputTokens))
        .add(output.multiply(BigDecimal.valueOf(outputTokens)))
        .movePointLeft(MILLION);
  }
}
