package dev.freshet.log;

import dev.freshet.event.Position;
import java.util.Iterator;

/** The states of a log as they are at one position (U1). For one thread; close it when done. */
public interface StateCut extends Iterator<TopicState>, AutoCloseable {
  Position position();

  @Override
  void close();
}
