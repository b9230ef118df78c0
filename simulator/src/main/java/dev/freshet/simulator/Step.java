package dev.freshet.simulator;

import java.time.Duration;

/** What happens at a moment of a session; {@code at} is beam time since it began. */
sealed interface Step permits Report, LogLine, Order, Step.Absence, Step.Leave {
  Duration at();

  /** The agent falls silent, and comes back; what it should have said meanwhile comes then. */
  record Absence(Duration at) implements Step {}

  /** The agent takes no more instructions in this session. */
  record Leave(Duration at) implements Step {}
}
