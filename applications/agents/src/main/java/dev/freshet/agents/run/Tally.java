package dev.freshet.agents.run;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.EventType;
import dev.freshet.agents.event.RunStatus;
import dev.freshet.application.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What happened in runs on this server, since its start. Thread-safe. */
final class Tally {
  private final Map<EventType, LongAdder> events = new EnumMap<>(EventType.class);
  private final Map<RunStatus, LongAdder> ended = new EnumMap<>(RunStatus.class);
  private final LongAdder tokens = new LongAdder();

  Tally() {
    for (EventType type : EventType.values()) events.put(type, new LongAdder());
    for (RunStatus status : RunStatus.values()) {
      if (status.terminal()) ended.put(status, new LongAdder());
    }
  }

  void event(AgentEvent event) {
    add(events.get(event.type()), 1);
    switch (event) {
      case AgentEvent.ExecutionComplete e -> add(ended.get(RunStatus.COMPLETED), 1);
      case AgentEvent.ExecutionError e -> add(ended.get(RunStatus.FAILED), 1);
      case AgentEvent.ExecutionCancelled e -> add(ended.get(RunStatus.CANCELLED), 1);
      default -> {}
    }
  }

  void tokens(long used) {
    tokens.add(used);
  }

  private static void add(@Nullable LongAdder adder, long count) {
    if (adder != null) adder.add(count);
  }

  /**
   * @param open how many runs go on
   */
  List<Measure> measures(DoubleSupplier open) {
    List<Measure> measures = new ArrayList<>();
    measures.add(Measure.gauge("freshet.agents.open", "Agent runs that go on", open));
    ended.forEach((status, count) ->
        measures.add(
            Measure.counter("freshet.agents.ended", "Agent runs that have ended", count::sum)
                .of("status", status.wire())));
    events.forEach((type, count) ->
        measures.add(
            Measure.counter("freshet.agents.events", "Events of agent runs", count::sum)
                .of("type", type.wire())));
    measures.add(
        Measure.counter("freshet.agents.tokens", "Tokens that agent runs have used", tokens::sum));
    return measures;
  }
}
