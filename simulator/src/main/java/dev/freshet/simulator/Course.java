package dev.freshet.simulator;

/** What befalls a session. The courses take turns, so that each is seen before long. */
enum Course {
  /** Given up half-way. */
  ABANDONED,
  PLAIN,
  /** The operator lets it wait in the middle of a grid. */
  PAUSED,
  /** The agent is not heard for a while, and catches up. */
  SILENT;

  /** That of an instrument's n-th session; neighbours are not at the same. */
  static Course of(String instrument, int n) {
    return values()[Math.floorMod(instrument.hashCode() + n, values().length)];
  }
}
