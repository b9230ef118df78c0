package dev.freshet.simulator;

/** Who writes down what: reports, log lines and instructions of one session. */
record Scribe(Script script, Journal journal, Decisions decisions) {
  static Scribe of(Dice dice, Script script) {
    return new Scribe(
        script, new Journal(dice.split(), script), new Decisions(dice.split(), script));
  }
}
