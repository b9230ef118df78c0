package dev.freshet.tasks.transfer;

/** What the source has is not, or no longer, what a part of was fetched. */
final class SourceChangedException extends Exception {
  private static final long serialVersionUID = 1;

  /** Whether it is the same file, but served whole only. */
  private final boolean wholeOnly;

  SourceChangedException(boolean wholeOnly) {
    super(wholeOnly ? "the source serves no ranges" : "the source has changed", null, false, false);
    this.wholeOnly = wholeOnly;
  }

  boolean wholeOnly() {
    return wholeOnly;
  }
}
