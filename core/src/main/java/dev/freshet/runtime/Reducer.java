package dev.freshet.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Makes a slice's next value of the one before and an action's payload. Pure: it may run more than
 * once for one action, and other dispatches may wait for it.
 */
@FunctionalInterface
public interface Reducer<T extends @Nullable Object, P extends @Nullable Object> {
  /**
   * @return the same value for no change; null is a value like any other
   * @throws ActionException.Refused if the action cannot be done now
   */
  T reduce(T value, P payload);
}
