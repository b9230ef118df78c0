package dev.freshet.view;

import org.jspecify.annotations.Nullable;

/**
 * What a view has published: the window of live pages, and how much of its last page may be read.
 * Replaced as a whole, once for each batch that touches the view.
 *
 * @param first null when nothing is held
 * @param index where the readable part of the last page ends
 * @param frames how many frames of the last page may be read
 * @param offset of the last frame ever published; the view holds nothing between it and what comes
 */
record Head(@Nullable Page first, @Nullable Page last, int index, int frames, long offset) {
  static Head empty(long offset) {
    return new Head(null, null, 0, 0, offset);
  }

  /** The window serves readers at or after this offset. */
  long start() {
    return first == null ? offset : first.start;
  }
}
