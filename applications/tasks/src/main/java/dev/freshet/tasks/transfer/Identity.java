package dev.freshet.tasks.transfer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what the content of a source is known again.
 *
 * @param etag a strong one; null if there is none
 * @param lastModified as the server wrote it; null if it did not
 * @param length null if it is not known
 */
record Identity(@Nullable String etag, @Nullable String lastModified, @Nullable Long length) {
  /** What a conditional request names; empty if nothing tells whether the content is the same. */
  Optional<String> validator() {
    return Optional.ofNullable(etag).or(() -> Optional.ofNullable(lastModified));
  }

  /** Whether a part of it can be fetched later, and fit. */
  boolean resumable() {
    return validator().isPresent() && length != null && length > 0;
  }
}
