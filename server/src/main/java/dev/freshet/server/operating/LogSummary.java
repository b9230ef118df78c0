package dev.freshet.server.operating;

import dev.freshet.Tenant;
import dev.freshet.application.Summary;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.log.Retention;
import dev.freshet.server.config.LogConfig;
import dev.freshet.server.operating.Rates.Seen;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A tenant's log: how far it reaches, and what is kept of it. */
final class LogSummary implements Summary {
  private static final Filter ALL = Filter.of("**");

  private final Rates<Long> rates = new Rates<>();
  private final String durability;
  private final List<Rule> retention;

  LogSummary(LogConfig config) {
    this.durability = config.durability().name().toLowerCase(Locale.ROOT);
    this.retention = config.rules().rules().stream().map(Rule::of).toList();
  }

  private record Rule(String pattern, long ageSeconds, long count, long bytes) {
    static Rule of(Retention.Rule rule) {
      return new Rule(
          rule.pattern().path(), rule.maxAge().toSeconds(), rule.maxCount(), rule.maxBytes());
    }
  }

  private record Reach(
      String head,
      String start,
      long events,
      double rate,
      String durability,
      List<Rule> retention) {}

  @Override
  public JsonNode of(Tenant tenant) {
    Position head = tenant.log().head();
    Position start = tenant.log().start(ALL);
    Seen<Long> now = new Seen<>(head.offset(), System.nanoTime());
    Seen<Long> before = rates.exchange(tenant, now);
    Reach reach =
        new Reach(
            head.token(),
            start.token(),
            head.offset() - start.offset(),
            before.rate(head.offset() - before.counted(), now.nanos()),
            durability,
            retention);
    return Json.from(reach).node();
  }
}
