package dev.freshet.server.config;

import java.util.Comparator;
import java.util.stream.Stream;

/** What somebody who misspelled probably meant. */
final class Guess {
  private static final int FAR = 4;

  private Guess() {}

  /** {@code ; did you mean 'x'?}, or nothing when no candidate is near. */
  static String near(String name, Stream<String> candidates) {
    return candidates
        .min(Comparator.comparingInt(c -> distance(name, c)))
        .filter(c -> distance(name, c) <= FAR)
        .map(c -> "; did you mean '" + c + "'?")
        .orElse("; docs/configuration.md lists them");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
