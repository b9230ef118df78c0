package dev.freshet.view;

import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import org.jspecify.annotations.Nullable;

/**
 * No wire form at all: for readers inside this process, who are woken by a view and read the log
 * themselves.
 */
public enum Unseen implements Representation {
  UNSEEN;

  @Override
  public @Nullable Frame event(Recorded recorded) {
    return null;
  }

  @Override
  public @Nullable Frame state(TopicState state) {
    return null;
  }
}
