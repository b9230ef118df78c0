package dev.freshet.agents.event;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ids that an agent gives to phases, thoughts, calls and approvals. */
final class Ids {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:@~=+,-]{1,128}");

  private Ids() {}

  static void check(String name, @Nullable String id) {
    if (id != null && ID.matcher(id).matches()) return;
    throw new IllegalArgumentException(
        name + " must be 1 to 128 letters, digits and _ . : @ ~ = + , -; it is '" + id + "'");
  }
}
