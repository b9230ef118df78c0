package dev.freshet.application;

import dev.freshet.application.Problem.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Under which key a request is remembered (L3): what two subjects call the same is not the same.
 */
public final class IdempotencyKey {
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,128}");

  private IdempotencyKey() {}

  /**
   * The request's key; empty if it has none.
   *
   * @param realm what tells the application's keys from those of others; a few letters
   */
  public static Optional<String> of(Call call, String realm) {
    Optional<String> header = call.header("Idempotency-Key");
    if (header.isPresent() && !PRINTABLE.matcher(header.get()).matches()) {
      String detail = "must be 1 to 128 printable ASCII characters";
      throw new ProblemException(
          new Problem(
              422,
              "invalid_request",
              detail,
              List.of(new Invalid("header", "Idempotency-Key", detail))));
    }
    return header.map(key -> realm + ":" + sum(call.principal().subject() + "\n" + key));
  }

  /** SHA-256 of a text, in hexadecimal digits. */
  public static String sum(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
