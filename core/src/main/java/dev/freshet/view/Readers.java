package dev.freshet.view;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The readers of one view that live on one event loop. The list belongs to that loop. */
final class Readers implements Runnable {
  final LoopWaker waker;
  private final List<Cursor> cursors = new ArrayList<>(1);
  private final AtomicBoolean ready = new AtomicBoolean();

  Readers(LoopWaker waker) {
    this.waker = waker;
  }

  /** Whether this call was the one that marked it. */
  boolean markReady() {
    return !ready.get() && ready.compareAndSet(false, true);
  }

  void add(Cursor cursor) {
    cursor.slot = cursors.size();
    cursors.add(cursor);
  }

  void remove(Cursor cursor) {
    int slot = cursor.slot;
    if (slot < 0) return;
    cursor.slot = -1;
    Cursor last = cursors.removeLast();
    if (last == cursor) return;
    cursors.set(slot, last);
    last.slot = slot;
  }

  /** Backwards, because a reader may remove itself, which moves the last one into its place. */
  @Override
  public void run() {
    ready.set(false);
    for (int i = cursors.size() - 1; i >= 0; i--) {
      if (i < cursors.size()) cursors.get(i).wake();
    }
  }
}
