package dev.freshet.agents.tool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Where something is in a run's directory: names that mean the same everywhere, and nothing but
 * themselves. The empty path is the directory itself.
 */
public record SandboxPath(List<String> names) {
  static final int MAX_DEPTH = 16;

  private static final int MAX_LENGTH = 500;

  /** Leaves room for a suffix in the 255 bytes that file systems allow. */
  private static final int MAX_BYTES = 200;

  /** What files are called while they are written. */
  static final String HIDDEN = ".freshet-";

  public static final SandboxPath ROOT = new SandboxPath(List.of());

  public SandboxPath {
    names = List.copyOf(names);
  }

  /**
   * @param text {@code a/b.txt}; a leading {@code ./} and a trailing {@code /} are as if they were
   *     not there
   * @throws ToolException if it is no path below the directory
   */
  public static SandboxPath parse(String text) throws ToolException {
    String path = text.startsWith("./") ? text.substring(2) : text;
    if (path.length() > 1 && path.endsWith("/")) path = path.substring(0, path.length() - 1);
    if (path.isEmpty() || path.equals(".")) return ROOT;
    List<String> names = Arrays.asList(path.split("/", -1));
    if (names.size() > MAX_DEPTH || path.length() > MAX_LENGTH)
      throw new ToolException(
          "the path has more than " + MAX_DEPTH + " segments or " + MAX_LENGTH + " characters");
    for (String name : names) {
      if (!valid(name))
        throw new ToolException(
            "the path is not one below the run's directory: names are joined by '/', and none is"
                + " empty, '.' or '..', starts with '.freshet-', is longer than "
                + MAX_BYTES
                + " bytes or has a backslash, a colon or a control character");
    }
    return new SandboxPath(names);
  }

  static boolean valid(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && !name.startsWith(HIDDEN)
        && name.codePoints().noneMatch(SandboxPath::refused)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name)
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  private static boolean refused(int c) {
    return c == '/' || c == '\\' || c == ':' || c == 0xfffd || Character.isISOControl(c);
  }

  boolean root() {
    return names.isEmpty();
  }

  SandboxPath parent() {
    return new SandboxPath(names.subList(0, names.size() - 1));
  }

  String last() {
    return names.getLast();
  }

  SandboxPath child(String name) {
    return new SandboxPath(
        java.util.stream.Stream.concat(names.stream(), java.util.stream.Stream.of(name)).toList());
  }

  @Override
  public String toString() {
    return String.join("/", names);
  }
}
