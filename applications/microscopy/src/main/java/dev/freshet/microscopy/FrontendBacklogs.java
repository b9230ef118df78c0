package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import dev.freshet.subscription.Backlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a frontend stream asks for of the past.
 *
 * @param max how many events of a type it may ask for
 */
record FrontendBacklogs(int max) {
  private static final Map<String, FrontendEvent> PARAMETERS =
      Map.of(
          "log_backlog", FrontendEvent.AGENT_LOG,
          "metric_backlog", FrontendEvent.PROCESSING_METRIC);

  /**
   * @param wanted what the stream shows
   * @param acquisition a segment, or {@code *}; likewise the agent
   */
  List<Backlog> of(Call call, Set<FrontendEvent> wanted, String acquisition, String agent) {
    List<Backlog> backlogs = new ArrayList<>();
    PARAMETERS.forEach((parameter, event) -> {
      int count = count(call, parameter);
      if (count == 0) return;
      if (!wanted.contains(event)) {
        throw Failures.invalid(
            "query", parameter, "needs " + event.type() + " among the event_types");
      }
      TopicPattern pattern = event.pattern(acquisition, agent);
      backlogs.add(new Backlog(new Filter(List.of(pattern), Set.of(event.type())), count));
    });
    return backlogs;
  }

  private int count(Call call, String parameter) {
    Optional<String> text = call.queryParameter(parameter).filter(value -> !value.isEmpty());
    if (text.isEmpty()) return 0;
    if (!text.get().matches("\\d{1,9}")) {
      throw Failures.invalid(
          "query", parameter, "'" + text.get() + "' is not a number below 1000000000");
    }
    int count = Integer.parseInt(text.get());
    if (count <= max) return count;
    throw Failures.invalid("query", parameter, "is " + count + "; at most " + max);
  }
}
