package dev.freshet.log;

import java.util.Optional;
import java.util.Set;

/** Where the logs of all tenants are kept. Thread-safe. */
public interface LogStore extends AutoCloseable {
  /** The tenant's log, created if it is not there; the same instance at every call. */
  EventLog log(String tenant);

  /** The tenants that have a log. */
  Set<String> tenants();

  /**
   * Whether appends can succeed now: false when the disk is full or a write has failed. For
   * readiness.
   */
  boolean writable();

  /** Why appends cannot succeed now; empty if {@link #writable}. */
  Optional<LogException> failure();

  /** Closes every log. */
  @Override
  void close();
}
