package dev.freshet.log;

import java.util.List;
import java.util.Optional;

/**
 * What is appended as one: events and state changes in order, and an idempotency key (L3, L4).
 *
 * @param key 1 to {@value #MAX_KEY_LENGTH} characters
 */
public record Batch(List<Entry> entries, Optional<String> key) {
  public static final int MAX_KEY_LENGTH = 512;

  public Batch {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) throw new IllegalArgumentException("a batch needs at least one entry");
    key.ifPresent(Batch::checkKey);
  }

  public static Batch of(Entry... entries) {
    return new Batch(List.of(entries), Optional.empty());
  }

  private static void checkKey(String key) {
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException(
          "an idempotency key must have 1 to "
              + MAX_KEY_LENGTH
              + " characters; it has "
              + key.length());
    }
  }
}
