package dev.freshet.microscopy;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.application.Problem;
import dev.freshet.application.StatusSummary;
import dev.freshet.application.Summary;
import dev.freshet.event.TopicPattern;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Microscope sessions under the paths and bodies of the SmartEM API: agents report acquisitions,
 * grids, grid squares, foil holes and micrographs, log, and follow instructions; operators watch
 * (PROTOCOL §8). What is kept where is told in {@code docs/guides/microscopy.md}. Thread-safe.
 */
public final class Microscopy implements Application {
  private static final String FRONTEND = "GET /frontend/events/stream";
  private static final String INSTRUCTIONS =
      "GET /agent/{agent_id}/session/{session_id}/instructions/stream";

  private static final List<TopicPattern> OWNED =
      List.of(
          TopicPattern.of("instruments/*/acquisitions/**"),
          TopicPattern.of("instruments/*/agents/**"),
          TopicPattern.of("$microscopy/**"));

  private final Watch watch;
  private final Map<String, Operation> operations;
  private final Map<String, Feed> feeds;

  /**
   * @param staleAfter the age of an agent's last sign of life at which it is stale
   * @param offlineAfter and at which it is offline; at least {@code staleAfter}
   * @param logBatch lines that an agent may send in one request
   * @param backlog events of one type that a stream may ask for when it begins
   */
  public record Settings(Duration staleAfter, Duration offlineAfter, int logBatch, int backlog) {
    public static final Settings DEFAULT =
        new Settings(Duration.ofSeconds(90), Duration.ofMinutes(5), 500, 5000);

    public Settings {
      if (!staleAfter.isPositive() || offlineAfter.compareTo(staleAfter) < 0) {
        throw new IllegalArgumentException(
            "an agent is stale after a time, and offline not before that; not after "
                + staleAfter
                + " and "
                + offlineAfter);
      }
      if (logBatch < 1 || backlog < 1) {
        throw new IllegalArgumentException(
            "bounds must be positive; they are " + logBatch + " and " + backlog);
      }
    }
  }

  public Microscopy() {
    this(Settings.DEFAULT);
  }

  public Microscopy(Settings settings) {
    ApiDocument api = ApiDocument.load();
    Gates gates = new Gates();
    Agents agents = new Agents(settings, gates);
    watch = new Watch(agents);
    operations = Map.copyOf(new Routes(api, gates, agents, settings).operations());
    feeds =
        Map.of(
            api.operationId(FRONTEND),
            new FrontendFeed(settings.backlog()),
            api.operationId(INSTRUCTIONS),
            new InstructionFeed(agents));
  }

  @Override
  public String name() {
    return "microscopy";
  }

  @Override
  public void start(Freshet freshet) {
    watch.start(freshet);
  }

  @Override
  public void stop() {
    watch.stop();
  }

  /** One turn of what is done once a second. */
  void tick() {
    watch.tick();
  }

  @Override
  public Map<String, Summary> summaries() {
    return Map.of(
        "agents",
        new StatusSummary(FrontendEvent.AGENT_STATUS.pattern("*", "*")),
        "acquisitions",
        new StatusSummary(FrontendEvent.ACQUISITION_PROGRESS.pattern("*", "*")));
  }

  @Override
  public List<TopicPattern> owned() {
    return OWNED;
  }

  @Override
  public URL openApi() {
    return ApiDocument.LOCATION;
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }

  @Override
  public Map<String, Feed> feeds() {
    return feeds;
  }

  /**
   * Where SmartEM's document describes a body; elsewhere problem+json has a {@code detail} as well.
   */
  @Override
  public Optional<JsonNode> problemBody(Problem problem) {
    return switch (problem.status()) {
      case 404, 409, 422 -> Optional.of(ErrorBody.of(problem));
      default -> Optional.empty();
    };
  }
}
