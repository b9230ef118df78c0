package dev.freshet.log;

import dev.freshet.event.Position;
import java.util.Iterator;

/** States that were copied at a position. */
record MemoryStates(Position position, Iterator<TopicState> states) implements StateCut {
  @Override
  public boolean hasNext() {
    return states.hasNext();
  }

  @Override
  public TopicState next() {
    return states.next();
  }

  @Override
  public void close() {}
}
