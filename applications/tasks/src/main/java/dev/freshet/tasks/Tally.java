package dev.freshet.tasks;

import dev.freshet.application.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** What became of tasks on this server, since its start. Thread-safe. */
final class Tally {
  final LongAdder bytes = new LongAdder();
  final LongAdder attempts = new LongAdder();
  final LongAdder failed = new LongAdder();
  private final Map<Status, LongAdder> ended = new EnumMap<>(Status.class);

  Tally() {
    for (Status status : Status.values()) {
      if (status.terminal()) ended.put(status, new LongAdder());
    }
  }

  void ended(Status status) {
    LongAdder adder = ended.get(status);
    if (adder != null) adder.increment();
  }

  /**
   * @param open how many tasks of a status that is not final there are
   */
  List<Measure> measures(ToLongFunction<Status> open) {
    List<Measure> measures = new ArrayList<>();
    for (Status status : Status.values()) measures.add(measure(status, open));
    measures.add(
        Measure.counter(
            "freshet.tasks.bytes", "Bytes that tasks have fetched or made", bytes::sum));
    measures.add(
        Measure.counter(
            "freshet.tasks.attempts",
            "Times that sub-tasks were begun, the first included",
            attempts::sum));
    measures.add(
        Measure.counter("freshet.tasks.subtasks.failed", "Sub-tasks that failed", failed::sum));
    return measures;
  }

  private Measure measure(Status status, ToLongFunction<Status> open) {
    LongAdder over = ended.get(status);
    Measure measure =
        over == null
            ? Measure.gauge(
                "freshet.tasks.open", "Tasks that have not ended", () -> open.applyAsLong(status))
            : Measure.counter("freshet.tasks.ended", "Tasks that have ended", over::sum);
    return measure.of("status", status.wire());
  }
}
