package dev.freshet.state;

/**
 * What a diff may cost: visits of nodes and steps of alignment, and bytes of patch it writes on the
 * way. The work is counted, not timed, so that the same two values always have the same outcome.
 * For one thread.
 */
final class Budget {
  private final long visits;
  private final long bytes;
  private long visited;

  Budget(long visits, long bytes) {
    this.visits = visits;
    this.bytes = bytes;
  }

  static Budget unbounded() {
    return new Budget(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  void visit() {
    if (++visited > visits) throw new Spent();
  }

  void wrote(long total) {
    if (total > bytes) throw new Spent();
  }

  /** Visits so far; at most one more than allowed. */
  long visited() {
    return visited;
  }

  /** Ends a diff that costs too much. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1;

    Spent() {
      super("diff past its budget", null, false, false);
    }
  }
}
