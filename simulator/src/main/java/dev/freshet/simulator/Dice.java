package dev.freshet.simulator;

import java.util.SplittableRandom;
import java.util.UUID;

/** All chance of a session; the same seed gives the same throws. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Dice of their own, so that what one part throws does not change the others. */
  Dice split() {
    return new Dice(random.split());
  }

  /** The number that comes after so many others. */
  long after(int skipped) {
    for (int i = 0; i < skipped; i++) random.nextLong();
    return random.nextLong();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  double uniform(double low, double high) {
    return random.nextDouble(low, high);
  }

  double normal(double mean, double deviation) {
    return random.nextGaussian(mean, deviation);
  }

  int normal(double mean, double deviation, int low, int high) {
    return Math.clamp(Math.round(normal(mean, deviation)), low, high);
  }

  double logNormal(double median, double sigma) {
    return median * Math.exp(sigma * random.nextGaussian());
  }

  /** An index with the probability of its weight; the weights add up to 1. */
  int weighted(double... weights) {
    double point = random.nextDouble();
    for (int i = 0; i < weights.length - 1; i++) {
      point -= weights[i];
      if (point < 0) return i;
    }
    return weights.length - 1;
  }

  /** A UUID of version 4. */
  String uuid() {
    long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
