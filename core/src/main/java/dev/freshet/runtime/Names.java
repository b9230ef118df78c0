package dev.freshet.runtime;

import java.util.regex.Pattern;

/** What runtimes and slices are called: one segment of a topic. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private Names() {}

  static String checked(String what, String name) {
    if (NAME.matcher(name).matches()) return name;
    throw new IllegalArgumentException(
        "the name of a " + what + " has 1 to 64 letters, digits and _ . -; not '" + name + "'");
  }
}
