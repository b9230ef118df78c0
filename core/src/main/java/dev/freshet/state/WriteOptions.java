package dev.freshet.state;

import dev.freshet.log.Revision;
import java.util.Optional;

/**
 * How a state is written.
 *
 * @param precondition what the writer demands of the state as it is (S2)
 * @param cause who or what makes the change
 * @param end whether the topic takes no more after this; also if the value stays the same
 * @param key an idempotency key (L3): a write whose key was seen changes nothing and is answered as
 *     the first one was
 * @param whole whether the event carries the value even where a patch is shorter
 */
public record WriteOptions(
    Precondition precondition,
    Optional<Revision.Cause> cause,
    boolean end,
    Optional<String> key,
    boolean whole) {
  public static final WriteOptions NONE =
      new WriteOptions(Precondition.NONE, Optional.empty(), false, Optional.empty(), false);

  public WriteOptions precondition(Precondition demanded) {
    return new WriteOptions(demanded, cause, end, key, whole);
  }

  public WriteOptions cause(Revision.Cause named) {
    return new WriteOptions(precondition, Optional.of(named), end, key, whole);
  }

  public WriteOptions ending() {
    return new WriteOptions(precondition, cause, true, key, whole);
  }

  public WriteOptions key(String idempotencyKey) {
    return new WriteOptions(precondition, cause, end, Optional.of(idempotencyKey), whole);
  }

  public WriteOptions wholeValue() {
    return new WriteOptions(precondition, cause, end, key, true);
  }
}
