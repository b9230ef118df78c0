package dev.freshet.client;

import org.jspecify.annotations.Nullable;

/**
 * Where a subscription goes on after a cut. Immutable; each frame gives its successor.
 *
 * @param beginning what the caller said to begin after; null for the snapshots
 * @param position the last id that counts; null before the first
 * @param exact whether ids count: not in a stream of snapshots until it is live, for such a stream
 *     is begun again when it is cut (U1)
 */
record Cursor(@Nullable String beginning, @Nullable String position, boolean exact) {
  static Cursor at(@Nullable String beginning) {
    return new Cursor(beginning, null, false);
  }

  /** At a position that was kept; null for the beginning. */
  static Cursor after(@Nullable String position) {
    return new Cursor(null, position, position != null);
  }

  /** A connection that did not resume takes the position away: what was held is not continued. */
  Cursor opened(boolean resumed) {
    return new Cursor(beginning, resumed ? position : null, resumed);
  }

  Cursor reset() {
    return new Cursor(null, null, false);
  }

  Cursor live() {
    return new Cursor(beginning, position, true);
  }

  /** Past a frame with this id; an empty one clears the position. */
  Cursor past(@Nullable String id) {
    if (id == null || !exact) return this;
    return new Cursor(beginning, id.isEmpty() ? null : id, true);
  }
}
