package dev.freshet.benchmarks.load;

import java.util.function.LongConsumer;

/** A word of a model that says when it was sent: microseconds, in six digits of base 36. */
final class Token {
  /** The member whose text is tokens. */
  static final String MEMBER = "delta";

  private static final int RADIX = 36;
  private static final int DIGITS = 6;
  private static final long TURN = (long) Math.pow(RADIX, DIGITS);

  private Token() {}

  static String now() {
    String digits = Long.toString(Publisher.nowMicros() % TURN, RADIX);
    return "0".repeat(DIGITS - digits.length()) + digits + " ";
  }

  /**
   * Tells the age in microseconds of each token of a text that begins somewhere and has a quote.
   */
  static void ages(String text, int from, LongConsumer age) {
    long now = Publisher.nowMicros() % TURN;
    int end = text.indexOf('"', from);
    for (int at = from; at + DIGITS < end; at += DIGITS + 1) {
      long sent = Long.parseLong(text, at, at + DIGITS, RADIX);
      age.accept(Math.floorMod(now - sent, TURN));
    }
  }
}
