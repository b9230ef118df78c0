package dev.freshet.server.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.freshet.access.Principal;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/** So much a second of each subject, twice as much in a burst (R1). Thread-safe. */
public final class Rates {
  private static final int MAX_SUBJECTS = 100_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final String what;
  private final String key;
  private final int rate;
  private final Cache<Subject, Bucket> buckets;

  private record Subject(String tenant, String subject) {}

  /**
   * @param what is counted, in the plural
   * @param key of the configuration
   */
  public Rates(String what, String key, int rate) {
    this.what = what;
    this.key = key;
    this.rate = rate;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_SUBJECTS)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();
  }

  /**
   * @throws HttpProblem if it is too much in too short a time
   */
  public void take(Principal principal, int count) {
    Bucket bucket =
        buckets.get(new Subject(principal.tenant(), principal.subject()), s -> newBucket());
    long tokens = Math.min(count, 2L * rate);
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(tokens);
    if (probe.isConsumed()) return;
    throw HttpProblem.of(
            ErrorCode.RATE_LIMITED,
            count
                + " more "
                + what
                + " now; '"
                + principal.subject()
                + "' may have "
                + rate
                + " a second ("
                + key
                + ")")
        .bound(rate, count)
        .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private Bucket newBucket() {
    return Bucket.builder().addLimit(l -> l.capacity(2L * rate).refillGreedy(rate, SECOND)).build();
  }
}
