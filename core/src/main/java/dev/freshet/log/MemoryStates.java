package dev.freshet.log;

import dev.freshet.event.Position;
import java.util.Iterator;

/**
 * States that were copied at a position.
 *
 * @param requireOpen throws if the log is closed
 */
record MemoryStates(Position position, Iterator<TopicState> states, Runnable requireOpen)
    implements StateCut {
  @Override
  public boolean hasNext() {
    requireOpen.run();
    return states.hasNext();
  }

  @Override
  public TopicState next() {
    return states.next();
  }

  @Override
  public void close() {}
}
