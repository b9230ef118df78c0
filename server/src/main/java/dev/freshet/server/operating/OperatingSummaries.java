package dev.freshet.server.operating;

import dev.freshet.application.Application;
import dev.freshet.application.Summary;
import dev.freshet.server.config.Config;
import dev.freshet.server.stream.Streams;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server and its applications tell of themselves, by name. */
public final class OperatingSummaries {
  private OperatingSummaries() {}

  /**
   * @param version of the server
   * @throws IllegalStateException if two have the same name
   */
  public static Map<String, Summary> of(
      Config config,
      String version,
      Streams streams,
      InstantSource clock,
      List<Application> applications) {
    Map<String, Summary> all = new LinkedHashMap<>();
    all.put("server", new ServerSummary(config, version, clock));
    all.put("connections", new ConnectionSummary(streams));
    all.put("logs", new LogSummary(config.log()));
    for (Application application : applications) {
      application
          .summaries()
          .forEach((name, summary) -> {
            if (all.putIfAbsent(name, summary) != null)
              throw new IllegalStateException("two summaries are named '" + name + "'");
          });
    }
    return all;
  }
}
