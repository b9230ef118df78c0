package dev.freshet.tasks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a task, or a part of one, stands; the last three are final. */
public enum Status {
  PENDING,
  RUNNING,
  VERIFYING,
  COMPLETED,
  FAILED,
  CANCELLED;

  /** Whether nothing comes after it. */
  public boolean terminal() {
    return compareTo(COMPLETED) >= 0;
  }

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Status> named(String wire) {
    return Arrays.stream(values()).filter(status -> status.wire().equals(wire)).findFirst();
  }

  @JsonCreator
  static Status of(String wire) {
    return named(wire).orElseThrow(() -> new IllegalArgumentException("no status '" + wire + "'"));
  }
}
