package dev.freshet.microscopy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Of instructions, the first to be delivered first. */
enum Priority {
  @JsonProperty("urgent")
  URGENT(0),
  @JsonProperty("high")
  HIGH(1),
  @JsonProperty("normal")
  NORMAL(2),
  @JsonProperty("low")
  LOW(3);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /** One digit; topics sort by it. */
  int rank() {
    return rank;
  }

  static Priority named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
