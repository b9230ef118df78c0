package dev.freshet.resource;

import java.util.Optional;

/**
 * Reads a document from where it is kept: a database, a file, another service. It is asked again
 * and again while the document is watched, for all its viewers together, and never otherwise.
 *
 * <pre>{@code
 * Loader order = before -> {
 *   Order now = orders.find(7);
 *   Loaded.Value loaded = Loaded.of(now);
 *   return now.shipped() ? loaded.ending() : loaded;
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Loader {
  /**
   * Called on a virtual thread, one call at a time for a resource; may block. Bound the time it
   * takes: until it returns there is nothing new to see. It is interrupted when the library closes.
   *
   * @param before what was loaded last; without its tag after a restart, empty if there is nothing
   * @throws LoadException if it fails and can say how; everything else that is thrown is a failure,
   *     too, with the code {@code load_failed}. What was loaded stays, and is shown to be stale
   *     until a later call succeeds
   */
  Loaded load(Optional<Loaded.Value> before) throws Exception;
}
