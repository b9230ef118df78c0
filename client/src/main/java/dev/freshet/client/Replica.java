package dev.freshet.client;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The states that a subscription holds, by version (S4). A patch that does not fit drops the copy
 * and makes the topic an open question; updates that come before the answer are kept and applied on
 * top of it. Owned by the pulling thread.
 */
final class Replica {
  /** Past this the updates kept for one question are dropped, and it is asked again if need be. */
  private static final int MAX_KEPT = 64;

  private final Consumer<Delivery> out;
  private final Consumer<String> ask;
  private final Map<String, StateValue> held = new HashMap<>();
  private final Map<String, Question> open = new HashMap<>();

  Replica(Consumer<Delivery> out, Consumer<String> ask) {
    this.out = out;
    this.ask = ask;
  }

  Map<String, StateValue> held() {
    return Collections.unmodifiableMap(held);
  }

  void clear() {
    held.clear();
    open.clear();
  }

  void snapshot(Frame.Snapshot s) {
    if (old(s.topic(), s.version())) return;
    open.remove(s.topic());
    hold(s.topic(), s.value(), s.version());
    out.accept(
        new Delivery.StateChanged(s.topic(), s.value(), s.version(), null, false, s.timestamp()));
  }

  void delete(Frame.Delete d) {
    if (old(d.topic(), d.version())) return;
    open.remove(d.topic());
    held.remove(d.topic());
    out.accept(new Delivery.StateRemoved(d.topic(), d.version(), d.timestamp()));
  }

  void update(Frame.Update u) {
    if (old(u.topic(), u.version())) return;
    Question question = open.get(u.topic());
    JsonNode value = u.value() != null ? u.value() : question == null ? patched(u) : null;
    if (value != null) {
      open.remove(u.topic());
      hold(u.topic(), value, u.version());
      out.accept(
          new Delivery.StateChanged(
              u.topic(), value, u.version(), u.cause(), u.end(), u.timestamp()));
    } else if (question != null) {
      question.keep(u);
    } else {
      held.remove(u.topic());
      open.put(u.topic(), new Question(u.version()));
      ask.accept(u.topic());
    }
  }

  /**
   * The answer to an open question.
   *
   * @return false if the answer is older than what is known to exist, and must be asked for again
   */
  boolean answered(String topic, JsonNode value, long version) {
    Question question = open.get(topic);
    if (question == null) return true;
    if (version < question.needed) return false;
    open.remove(topic);
    hold(topic, value, version);
    out.accept(new Delivery.StateChanged(topic, value, version, null, false, null));
    question.kept.forEach(this::update);
    return true;
  }

  /** The answer is that there is no value; one that is written later comes whole. */
  void absent(String topic) {
    open.remove(topic);
  }

  boolean asks(String topic) {
    return open.containsKey(topic);
  }

  private boolean old(String topic, long version) {
    StateValue now = held.get(topic);
    return now != null && version <= now.version();
  }

  private void hold(String topic, JsonNode value, long version) {
    held.put(topic, new StateValue(value, version));
  }

  /** The value after the update's patches; null if they do not fit what is held. */
  private @Nullable JsonNode patched(Frame.Update u) {
    StateValue now = held.get(u.topic());
    JsonNode patches = u.patches();
    if (now == null || patches == null || now.version() != u.base()) return null;
    try {
      return JsonPatch.apply(patches, now.value());
    } catch (PatchFailedException stale) {
      return null;
    }
  }

  private static final class Question {
    /** The lowest version that is an answer. */
    private long needed;

    private final Deque<Frame.Update> kept = new ArrayDeque<>();

    private Question(long needed) {
      this.needed = needed;
    }

    private void keep(Frame.Update u) {
      if (kept.size() == MAX_KEPT) {
        kept.clear();
        needed = u.version();
      } else {
        kept.add(u);
      }
    }
  }
}
