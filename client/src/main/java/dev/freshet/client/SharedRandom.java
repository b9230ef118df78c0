package dev.freshet.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Each caller's own generator. */
final class SharedRandom implements RandomGenerator {
  @Override
  public long nextLong() {
    return ThreadLocalRandom.current().nextLong();
  }
}
