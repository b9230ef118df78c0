package dev.freshet.agents.orchestrator;

import dev.freshet.agents.AgentSseEmitter;
import dev.freshet.agents.event.ThoughtKind;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the model says while it says it: a thought's first piece at once, then what has
 * gathered, at a steady pace, and at its end the whole. Where the model goes from reasoning to its
 * answer, or back, another thought begins.
 */
final class Thoughts implements AutoCloseable {
  private final AgentSseEmitter emitter;
  private final Duration pace;
  private final int iteration;
  private final Names names;
  private final Thread ticking;

  // Guarded by the lock.
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ThoughtKind kind;
  private String id = "";
  private final StringBuilder whole = new StringBuilder();
  private int sent;
  private @Nullable RuntimeException refused;
  private boolean over;

  /** Names thoughts; no two of a run have the same. */
  interface Names {
    String next();
  }

  Thoughts(AgentSseEmitter emitter, Duration pace, int iteration, Names names) {
    this.emitter = emitter;
    this.pace = pace;
    this.iteration = iteration;
    this.names = names;
    this.ticking = Thread.ofVirtual().name("agent-thoughts").unstarted(this::tick);
  }

  /** The next piece; what was refused of an earlier one is thrown. */
  void piece(ThoughtKind next, String text) {
    lock.lock();
    try {
      if (refused != null) throw refused;
      if (kind != next) {
        finish();
        kind = next;
        id = names.next();
      }
      boolean first = whole.isEmpty();
      whole.append(text);
      if (first || !pace.isPositive()) tell();
      if (pace.isPositive() && ticking.getState() == Thread.State.NEW) ticking.start();
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    try {
      do Thread.sleep(pace);
      while (told());
    } catch (InterruptedException stopped) {
      // It is over.
    }
  }

  /** Tells what has gathered; whether there may be more. */
  private boolean told() {
    lock.lock();
    try {
      if (over) return false;
      tell();
      return true;
    } catch (RuntimeException thrown) {
      refused = thrown;
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    ThoughtKind now = kind;
    if (now == null || sent == whole.length()) return;
    String piece = whole.substring(sent);
    sent = whole.length();
    emitter.thinkingDelta(id, iteration, now, piece);
  }

  private void finish() {
    ThoughtKind now = kind;
    if (now == null) return;
    tell();
    emitter.thinking(id, iteration, now, whole.toString());
    kind = null;
    whole.setLength(0);
    sent = 0;
  }

  /** The model has said all. */
  void end() {
    lock.lock();
    try {
      if (refused != null) throw refused;
      finish();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the telling; a thought that was not finished stays open. */
  @Override
  public void close() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
    ticking.interrupt();
  }
}
