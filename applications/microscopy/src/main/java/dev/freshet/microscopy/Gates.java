package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.state.StateException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Keeps changes of single entities out of an acquisition while a whole part of it is deleted or
 * moved. That is work which walks over the log first and then appends on the condition that nothing
 * was added meanwhile; without a gate it would find the condition broken again and again while
 * micrographs come in. Correctness rests on the condition alone.
 */
final class Gates {
  private static final int STRIPES = 256;
  private static final int MAX_ATTEMPTS = 16;

  private final ReadWriteLock[] stripes =
      IntStream.range(0, STRIPES)
          .mapToObj(i -> new ReentrantReadWriteLock())
          .toArray(ReadWriteLock[]::new);

  /** Runs side by side with others that share the acquisition. */
  <T> T shared(Tenant tenant, Place place, Supplier<T> work) {
    return shared(tenant, place.acquisition(), work);
  }

  /**
   * @param name of an acquisition, or of what is in none; a segment
   */
  <T> T shared(Tenant tenant, String name, Supplier<T> work) {
    return within(stripe(tenant, name).readLock(), work);
  }

  /**
   * Runs when nobody else in this process changes the acquisition, again if somebody elsewhere did.
   */
  <T> T alone(Tenant tenant, Place place, Supplier<T> work) {
    return alone(tenant, place.acquisition(), work);
  }

  /**
   * @param name of an acquisition, or of what is in none; a segment
   */
  <T> T alone(Tenant tenant, String name, Supplier<T> work) {
    return within(stripe(tenant, name).writeLock(), () -> repeat(work));
  }

  private static <T> T repeat(Supplier<T> work) {
    for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        return work.get();
      } catch (StateException.PreconditionFailed addedMeanwhile) {
        // Walk over the log again.
      }
    }
    return work.get();
  }

  private ReadWriteLock stripe(Tenant tenant, String name) {
    return stripes[Math.floorMod(Objects.hash(tenant.name(), name), STRIPES)];
  }

  private static <T> T within(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
