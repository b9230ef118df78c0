package dev.freshet.agents.orchestrator;

import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Limits;
import dev.freshet.agents.event.Usage;
import dev.freshet.agents.model.Price;
import dev.langchain4j.model.output.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a run has used, held against its limits. For one thread. */
final class Spending {
  private final Limits limits;
  private final @Nullable Price price;
  private Usage used;

  Spending(Limits limits, @Nullable Price price) {
    this.limits = limits;
    this.price = price;
    this.used = new Usage(0, 0, 0, price == null ? null : BigDecimal.ZERO, 0);
  }

  Usage used() {
    return used;
  }

  /** Before the model is asked once more. */
  void requireIteration() throws RunFailure {
    if (used.iterations() >= limits.iterations())
      throw new RunFailure(
          ErrorCode.ITERATIONS_EXCEEDED,
          "the model was asked " + used.iterations() + " times, which is the run's limit");
  }

  /** The model has answered; what its provider does not count is counted as nothing. */
  void add(@Nullable TokenUsage more) {
    long input = more == null ? 0 : count(more.inputTokenCount());
    long output = more == null ? 0 : count(more.outputTokenCount());
    long inputs = used.inputTokens() + input;
    long outputs = used.outputTokens() + output;
    used =
        new Usage(
            inputs,
            outputs,
            inputs + outputs,
            price == null ? null : price.of(inputs, outputs),
            used.iterations() + 1);
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }

  void requireWithin() throws RunFailure {
    if (used.totalTokens() > limits.tokens())
      throw new RunFailure(
          ErrorCode.TOKENS_EXCEEDED,
          "the run used " + used.totalTokens() + " tokens; its limit is " + limits.tokens());
    BigDecimal cost = used.cost();
    BigDecimal most = limits.cost();
    if (cost != null && most != null && cost.compareTo(most) > 0)
      throw new RunFailure(
          ErrorCode.COST_EXCEEDED,
          "the run cost "
              + cost.stripTrailingZeros().toPlainString()
              + " US dollars; its limit is "
              + most.stripTrailingZeros().toPlainString());
  }
}
