package dev.freshet.agents;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.ThoughtKind;
import org.jspecify.annotations.Nullable;

/**
 * Writes an agent's thoughts as thoughts of a run: clean, and none longer than one may be. The
 * second part of a thought {@code t} is {@code t.2}. For one thread at a time.
 */
final class ThoughtWriter {
  private final AgentSink sink;

  /** The thought whose pieces come, as the agent names it; null if none does. */
  private @Nullable String open;

  private int part;

  /** Of the part that is being written. */
  private int length;

  /** Half a pair, which the next piece may complete. */
  private String held = "";

  ThoughtWriter(AgentSink sink) {
    this.sink = sink;
  }

  void delta(String id, int iteration, ThoughtKind kind, String delta) {
    if (delta.isEmpty()) return;
    boolean begins = open == null;
    if (begins) begin(id);
    try {
      String text = held + delta;
      int kept = halfAtEnd(text) ? text.length() - 1 : text.length();
      stream(id, iteration, kind, Text.clean(text.substring(0, kept)));
      held = text.substring(kept);
    } catch (RuntimeException refused) {
      if (begins && part == 1 && length == 0) open = null;
      throw refused;
    }
  }

  private void begin(String id) {
    open = id;
    part = 1;
    length = 0;
    held = "";
  }

  private static boolean halfAtEnd(String text) {
    char last = text.charAt(text.length() - 1);
    return last == '\r' || Character.isHighSurrogate(last);
  }

  private void stream(String id, int iteration, ThoughtKind kind, String text) {
    int from = 0;
    while (from < text.length()) {
      int to = cut(text, from, sink.thoughtUnits() - length);
      if (to > from) piece(name(id), iteration, kind, text.substring(from, to));
      if (to < text.length()) {
        close(name(id), iteration, kind, null);
        part++;
        length = 0;
      }
      from = to;
    }
  }

  private String name(String id) {
    return id.equals(open) ? name(id, part) : id;
  }

  private static String name(String id, int part) {
    return part == 1 ? id : id + "." + part;
  }

  /** Where text ends of which there is room for so many units; never amid a pair. */
  private static int cut(String text, int from, int room) {
    if (text.length() - from <= room) return text.length();
    int to = from + room;
    return to > from && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
  }

  private void piece(String id, int iteration, ThoughtKind kind, String text) {
    sink.append((run, now) ->
        new AgentEvent.ThinkingDelta(now, id, iteration, kind, run.thoughtLength(), text));
    length += text.length();
  }

  private void close(String id, int iteration, ThoughtKind kind, @Nullable String text) {
    sink.append((run, now) ->
        new AgentEvent.Thinking(
            now, id, iteration, kind, text == null ? run.thoughtText() : text, true));
  }

  void whole(String id, int iteration, ThoughtKind kind, String thought) {
    String text = Text.clean(thought);
    if (!id.equals(open)) {
      atOnce(id, iteration, kind, text);
      return;
    }
    stream(id, iteration, kind, Text.clean(held));
    held = "";
    close(name(id), iteration, kind, part == 1 ? text : null);
    open = null;
  }

  private void atOnce(String id, int iteration, ThoughtKind kind, String text) {
    int from = 0;
    int parts = 0;
    do {
      int to = cut(text, from, sink.thoughtUnits());
      String name = name(id, ++parts);
      String piece = text.substring(from, to);
      sink.append((run, now) -> new AgentEvent.Thinking(now, name, iteration, kind, piece, false));
      from = to;
    } while (from < text.length());
  }
}
