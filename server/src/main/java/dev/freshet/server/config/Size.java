package dev.freshet.server.config;

/** A number of bytes, written {@code 512}, {@code 64KiB}, {@code 1MiB} or {@code 2GiB}. */
public record Size(long bytes) implements Comparable<Size> {
  private static final String[] UNITS = {"", "KiB", "MiB", "GiB", "TiB"};

  public Size {
    if (bytes < 0) throw new IllegalArgumentException("a size is not negative");
  }

  public static Size parse(String text) {
    for (int i = UNITS.length - 1; i >= 0; i--) {
      if (text.endsWith(UNITS[i])) {
        long number = Long.parseLong(text.substring(0, text.length() - UNITS[i].length()).strip());
        return new Size(Math.multiplyExact(number, 1L << (10 * i)));
      }
    }
    throw new IllegalArgumentException(text);
  }

  /** For what is an {@code int} in a library. */
  public int toInt() {
    return Math.toIntExact(bytes);
  }

  @Override
  public int compareTo(Size other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    int unit = 0;
    long number = bytes;
    while (number != 0 && number % 1024 == 0 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return number + UNITS[unit];
  }
}
