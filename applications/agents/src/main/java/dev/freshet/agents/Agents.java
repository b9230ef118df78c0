package dev.freshet.agents;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.agents.agui.AgUiFeed;
import dev.freshet.agents.route.Operations;
import dev.freshet.agents.run.Expiry;
import dev.freshet.agents.run.LocalSink;
import dev.freshet.agents.run.RunSettings;
import dev.freshet.agents.run.RunTopics;
import dev.freshet.agents.run.Runs;
import dev.freshet.application.Application;
import dev.freshet.application.Feed;
import dev.freshet.application.Measure;
import dev.freshet.application.Operation;
import dev.freshet.application.StatusSummary;
import dev.freshet.application.Summary;
import dev.freshet.event.TopicPattern;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs of agents (PROTOCOL §8.9): of the server's own, of those in a program that embeds the
 * server, and of those elsewhere that report theirs. Thread-safe.
 */
public final class Agents implements Application {
  private final Runs runs;
  private final Operations operations;
  private final Expiry expiry;

  public Agents(RunSettings settings) {
    this(settings, Optional.empty());
  }

  /**
   * @param agent the server's own, which carries out what it is given; without one there are only
   *     runs that others tell of
   */
  public Agents(RunSettings settings, Optional<Agent> agent) {
    this.runs = new Runs(settings);
    this.operations = new Operations(runs, agent);
    this.expiry = new Expiry(runs);
  }

  /**
   * Tells of a run of an agent in this process. The run begins with {@code executionStarted}, and
   * gets its id then.
   *
   * @param executionId as the agent names it; the same again is the same run
   */
  public AgentSseEmitter emitter(Tenant tenant, String user, String executionId) {
    return new AgentSseEmitter(user, executionId, new LocalSink(runs, tenant));
  }

  @Override
  public String name() {
    return "agents";
  }

  @Override
  public URL openApi() {
    return Objects.requireNonNull(Agents.class.getResource("openapi.yaml"));
  }

  @Override
  public Map<String, Operation> operations() {
    return operations.all();
  }

  @Override
  public Map<String, Feed> feeds() {
    Map<String, Feed> feeds = new HashMap<>(operations.feeds());
    feeds.put("runAgUi", new AgUiFeed(runs, operations.executing()));
    return feeds;
  }

  @Override
  public Map<String, Summary> summaries() {
    return Map.of("runs", new StatusSummary(RunTopics.ACCESS));
  }

  @Override
  public List<Measure> measures() {
    return runs.measures();
  }

  @Override
  public List<TopicPattern> owned() {
    return List.of(RunTopics.ALL);
  }

  @Override
  public void start(Freshet freshet) {
    runs.start(freshet);
    expiry.start(freshet);
  }

  @Override
  public void stop() {
    expiry.stop();
    runs.stop();
  }
}
