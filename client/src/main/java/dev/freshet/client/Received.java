package dev.freshet.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the frames of a subscription have added up to, over all its connections: the position, the
 * states, and the deliveries not yet taken, which are those of one frame or one answer. Owned by
 * the pulling thread, but for the cursor, which others may look at.
 */
final class Received {
  private final Deque<Delivery> ready = new ArrayDeque<>();
  private final Replica replica;
  private volatile Cursor cursor;

  Received(@Nullable String beginning, Consumer<String> ask) {
    cursor = Cursor.at(beginning);
    replica = new Replica(ready::add, ask);
  }

  Cursor cursor() {
    return cursor;
  }

  Replica replica() {
    return replica;
  }

  void add(Delivery delivery) {
    ready.add(delivery);
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  @Nullable Delivery poll() {
    return ready.poll();
  }

  /**
   * Takes a frame in.
   *
   * @return what it says to the connection that it came by
   * @throws MalformedFrameException before anything has changed
   */
  Frame take(SseFrame sse) {
    Frame frame = FrameReader.read(sse);
    // Ids count from the frame that makes the stream exact, that one included.
    if (frame instanceof Frame.Live) cursor = cursor.live();
    cursor = cursor.after(sse.id());
    switch (frame) {
      case Frame.Open open -> opened(open);
      case Frame.Reset reset -> reset(reset);
      case Frame.Live live -> add(new Delivery.Live(live.position()));
      case Frame.Happened happened -> add(new Delivery.EventReceived(sse.id(), happened.event()));
      case Frame.Snapshot snapshot -> replica.snapshot(snapshot);
      case Frame.Update update -> replica.update(update);
      case Frame.Delete delete -> replica.delete(delete);
      case Frame.Heartbeat beat -> {}
      case Frame.End end -> {}
      case Frame.Unknown unknown -> {}
    }
    return frame;
  }

  private void opened(Frame.Open open) {
    cursor = cursor.opened(open.resumed());
    if (!open.resumed()) replica.clear();
    add(new Delivery.Opened(open.resumed(), open.position(), open.heartbeat()));
  }

  private void reset(Frame.Reset reset) {
    cursor = cursor.reset();
    replica.clear();
    add(new Delivery.Reset(reset.reason()));
  }
}
