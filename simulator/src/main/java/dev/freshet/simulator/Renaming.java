package dev.freshet.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the uuids of a recording are called when it is replayed: those that the server named, as it
 * names them now; the others as they were, or afresh. Not thread-safe.
 */
final class Renaming {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** More than are in use at one time; an instruction is not spoken of for long. */
  private static final int REMEMBERED = 100_000;

  private final @Nullable String salt;
  private final Map<String, String> named =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private Renaming(@Nullable String salt) {
    this.salt = salt;
  }

  static Renaming none() {
    return new Renaming(null);
  }

  /** The same uuid always becomes the same other one; another renaming makes others. */
  static Renaming afresh() {
    return new Renaming(UUID.randomUUID().toString());
  }

  /** The server gives a thing this name now. */
  void named(String recorded, String now) {
    named.put(recorded.toLowerCase(Locale.ROOT), now);
  }

  /** Whether the server gave this name to something that was replayed. */
  boolean gave(String now) {
    return named.containsValue(now);
  }

  String apply(String text) {
    return UUID_TEXT.matcher(text).replaceAll(match -> name(match.group()));
  }

  private String name(String uuid) {
    String known = named.get(uuid.toLowerCase(Locale.ROOT));
    if (known != null) return known;
    if (salt == null) return uuid;
    String seed = salt + uuid.toLowerCase(Locale.ROOT);
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
