package dev.freshet.microscopy;

import java.util.ArrayList;
import java.util.List;

/** A list that goes into one answer, up to {@value Listing#MAX_LENGTH} (R1). */
final class Bounded<T> {
  private final String what;
  private final List<T> items = new ArrayList<>();

  /**
   * @param what in the plural
   */
  Bounded(String what) {
    this.what = what;
  }

  void add(T item) {
    if (items.size() == Listing.MAX_LENGTH) {
      throw Failures.invalid(
          "path", "", "there are more than " + Listing.MAX_LENGTH + " " + what + "; close some");
    }
    items.add(item);
  }

  List<T> all() {
    return items;
  }
}
