package dev.freshet.tasks;

import dev.freshet.application.Call;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Under which key a task is remembered (L3): what two subjects call the same is not the same. */
final class IdempotencyKey {
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,128}");

  private IdempotencyKey() {}

  static Optional<String> of(Call call) {
    Optional<String> header = call.header("Idempotency-Key");
    if (header.isPresent() && !PRINTABLE.matcher(header.get()).matches()) {
      throw Failures.invalid(
          "header", "Idempotency-Key", "must be 1 to 128 printable ASCII characters");
    }
    return header.map(key -> "t:" + sum(call.principal().subject() + "\n" + key));
  }

  private static String sum(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
