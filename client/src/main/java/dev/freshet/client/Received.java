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
  private final StreamPlan plan;
  private final Replica replica;
  private volatile Cursor cursor;

  /** Of the connection: whether it said anything yet. */
  private boolean opened;

  /** Of the connection: whether it began without {@code stream.open}, as agents' streams do. */
  private boolean unannounced;

  private boolean live;

  Received(StreamPlan plan, Consumer<String> ask) {
    this.plan = plan;
    cursor = plan.start();
    replica = new Replica(ready::add, ask);
  }

  Cursor cursor() {
    return cursor;
  }

  /** Where the connection that is made now goes on. */
  Cursor connecting() {
    opened = false;
    live = false;
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
    Frame frame = plan.read(sse);
    if (!opened) begin(frame);
    // Ids count from the frame that makes the stream exact, that one included.
    if (frame instanceof Frame.Live) cursor = cursor.live();
    if (frame instanceof Frame.Heartbeat && unannounced && !live) caughtUp(sse.id());
    cursor = cursor.past(sse.id());
    switch (frame) {
      case Frame.Open open -> opened(open);
      case Frame.Reset reset -> reset(reset);
      case Frame.Live live -> add(new Delivery.Live(live.position()));
      case Frame.Happened happened -> add(new Delivery.EventReceived(sse.id(), happened.event()));
      case Frame.Told told ->
          add(new Delivery.PayloadReceived(sse.id(), told.type(), told.payload()));
      case Frame.Snapshot snapshot -> replica.snapshot(snapshot);
      case Frame.Update update -> replica.update(update);
      case Frame.Delete delete -> replica.delete(delete);
      case Frame.Heartbeat beat -> {}
      case Frame.End end -> {}
      case Frame.Unknown unknown -> {}
    }
    return frame;
  }

  /** The first frame of a connection. What was asked for holds if nothing else is said. */
  private void begin(Frame first) {
    opened = true;
    unannounced = plan.application() && !(first instanceof Frame.Open);
    if (!unannounced) return;
    String position = cursor.position();
    add(new Delivery.Opened(position != null, position == null ? "" : position, plan.heartbeat()));
  }

  /** The first heartbeat of a stream that has no {@code stream.live} says the same. */
  private void caughtUp(@Nullable String id) {
    live = true;
    cursor = cursor.live();
    add(new Delivery.Live(id == null ? "" : id));
  }

  private void opened(Frame.Open open) {
    cursor = cursor.opened(open.resumed());
    if (!open.resumed()) replica.clear();
    add(new Delivery.Opened(open.resumed(), open.position(), open.heartbeat()));
  }

  private void reset(Frame.Reset reset) {
    live = false;
    cursor = cursor.reset();
    replica.clear();
    add(new Delivery.Reset(reset.reason()));
  }
}
