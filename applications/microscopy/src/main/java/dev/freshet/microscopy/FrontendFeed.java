package dev.freshet.microscopy;

import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import dev.freshet.subscription.Backlog;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET
 * /frontend/events/stream?acquisition_uuid&agent_id&event_types=a,b&log_backlog&metric_backlog}
 * (PROTOCOL §8.1).
 */
final class FrontendFeed implements Feed {
  private static final String ANY = "*";

  /** A topic that nothing is ever published to. */
  private static final List<TopicPattern> NOTHING = List.of(TopicPattern.of("$microscopy/nothing"));

  private final FrontendBacklogs backlogs;

  /**
   * @param maxBacklog how many events of a type a stream may ask for
   */
  FrontendFeed(int maxBacklog) {
    this.backlogs = new FrontendBacklogs(maxBacklog);
  }

  @Override
  public Optional<Selection> select(Call call) {
    String acquisition = segment(call, "acquisition_uuid");
    String agent = segment(call, "agent_id");
    Set<FrontendEvent> wanted = wanted(call);
    List<TopicPattern> patterns =
        wanted.stream().map(event -> event.pattern(acquisition, agent)).toList();
    Filter filter = new Filter(patterns.isEmpty() ? NOTHING : patterns, Set.of());
    Selection selection = new Selection(filter, FrontendRepresentation.FRONTEND);
    for (Backlog backlog : backlogs.of(call, wanted, acquisition, agent))
      selection = selection.with(backlog);
    return Optional.of(selection);
  }

  private static String segment(Call call, String parameter) {
    Optional<String> value = call.queryParameter(parameter).filter(text -> !text.isEmpty());
    if (value.isEmpty()) return ANY;
    return Segment.of(value.get())
        .orElseThrow(() ->
            Failures.invalid(
                "query", parameter, "has more than " + Segment.MAX_LENGTH + " characters"));
  }

  /** All, unless the call names some; heartbeats come anyhow. */
  private static Set<FrontendEvent> wanted(Call call) {
    Set<FrontendEvent> wanted = EnumSet.noneOf(FrontendEvent.class);
    List<String> names = names(call);
    for (String name : names) {
      if (!name.equals(EventTypes.HEARTBEAT)) wanted.add(named(name));
    }
    return names.isEmpty() ? EnumSet.allOf(FrontendEvent.class) : wanted;
  }

  private static List<String> names(Call call) {
    String list = call.queryParameter("event_types").orElse("");
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static FrontendEvent named(String name) {
    return FrontendEvent.named(name).orElseThrow(() -> unknown(name));
  }

  private static RuntimeException unknown(String name) {
    String detail =
        "'"
            + name
            + "' is not an event type of this stream; use "
            + String.join(", ", FrontendEvent.names());
    return Failures.invalid("query", "event_types", detail);
  }
}
