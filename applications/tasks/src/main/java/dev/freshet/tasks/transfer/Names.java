package dev.freshet.tasks.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Names of files and directories that mean the same everywhere, and nothing but themselves. */
final class Names {
  /** Leaves room for what is put around it while it is fetched. */
  static final int MAX_BYTES = 200;

  static final String PART = ".freshet-part";
  static final String JOURNAL = ".freshet-journal";
  private static final int MAX_DEPTH = 32;

  private Names() {}

  static boolean valid(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        && name.codePoints().noneMatch(Names::refused)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name)
        && !name.endsWith(PART)
        && !name.endsWith(JOURNAL);
  }

  private static boolean refused(int c) {
    return c == '/' || c == '\\' || c == ':' || Character.isISOControl(c);
  }

  /** Whether it is a path of valid names, {@code a/b}; empty is, too. */
  static boolean validDirectory(String path) {
    List<String> names = segments(path);
    return names.size() <= MAX_DEPTH && names.stream().allMatch(Names::valid);
  }

  static List<String> segments(String path) {
    return path.isEmpty() ? List.of() : Arrays.asList(path.split("/", -1));
  }

  /** A tenant as the name of a directory; no two tenants have the same one. */
  static String ofTenant(String tenant) {
    StringBuilder name = new StringBuilder();
    for (byte b : tenant.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean kept =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-'
              || (c == '.' && !name.isEmpty());
      if (kept) name.append(c);
      else name.append(String.format("~%02X", (int) c));
    }
    return name.toString();
  }
}
