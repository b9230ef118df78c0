package dev.freshet.agents.run;

import dev.freshet.agents.event.Step;
import java.util.List;

/**
 * Steps, one after the other, that no event changes any more.
 *
 * @param from the place of the first
 */
record StepPage(int from, List<Step> steps) {
  StepPage {
    steps = List.copyOf(steps);
  }
}
