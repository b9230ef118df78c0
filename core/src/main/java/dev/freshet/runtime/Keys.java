package dev.freshet.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/** Idempotency keys of parts of any length, which no other parts have. */
final class Keys {
  private Keys() {}

  static String of(String kind, String... parts) {
    String text =
        Arrays.stream(parts).map(p -> p.length() + ":" + p).collect(Collectors.joining(","));
    return "runtime:"
        + kind
        + ":"
        + UUID.nameUUIDFromBytes((kind + "," + text).getBytes(StandardCharsets.UTF_8));
  }
}
