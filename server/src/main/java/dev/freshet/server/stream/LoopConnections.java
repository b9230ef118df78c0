package dev.freshet.server.stream;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The streams of one event loop, and the one timer that serves them all. Owned by that loop. */
final class LoopConnections {
  private final List<StreamConnection> connections = new ArrayList<>();
  private final EventLoop loop;

  LoopConnections(EventLoop loop, Duration tick, InstantSource clock) {
    this.loop = loop;
    var unused =
        loop.scheduleWithFixedDelay(
            () -> tick(clock.instant()), tick.toNanos(), tick.toNanos(), TimeUnit.NANOSECONDS);
  }

  void add(StreamConnection connection) {
    connection.slot = connections.size();
    connections.add(connection);
  }

  void remove(StreamConnection connection) {
    StreamConnection last = connections.removeLast();
    if (last == connection) return;
    connections.set(connection.slot, last);
    last.slot = connection.slot;
  }

  private void tick(Instant now) {
    long nanoTime = System.nanoTime();
    forEach(connection -> connection.tick(nanoTime, now));
  }

  /** Runs on the loop, for each of its streams. */
  void onLoop(Consumer<StreamConnection> action, Runnable done) {
    loop.execute(() -> {
      forEach(action);
      done.run();
    });
  }

  /** Backwards: an action may remove its connection, which moves the last one into its place. */
  private void forEach(Consumer<StreamConnection> action) {
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (i < connections.size()) action.accept(connections.get(i));
    }
  }
}
