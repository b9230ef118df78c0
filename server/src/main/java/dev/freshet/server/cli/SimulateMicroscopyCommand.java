package dev.freshet.server.cli;

import dev.freshet.client.TokenSource;
import dev.freshet.server.config.Durations;
import dev.freshet.simulator.Instrument;
import dev.freshet.simulator.Simulation;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate microscopy}: sessions of electron microscopes, through the public API. */
@Command(
    name = "microscopy",
    description = {
      "Reports the sessions of simulated microscopes, one after the other, until Ctrl-C; the agent beside each sends"
          + " heartbeats and its log, and follows its instructions.",
      "An hour of beam time is about a grid with 40 squares and 150 foil holes. Of four sessions, one is paused, one is"
          + " abandoned, and in one the agent falls silent. The same seed gives the same sessions; those that the server"
          + " knows from an earlier run are passed over."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SimulateMicroscopyCommand implements Callable<Integer> {
  private static final int FIRST_INSTRUMENT = 12;

  @Spec private CommandSpec spec;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Seconds of beam time a second (default: ${DEFAULT-VALUE})")
  private double speed;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Makes the sessions repeatable (default: by chance)")
  private @Nullable Long seed;

  @Option(
      names = {"--microscopes", "--instruments"},
      paramLabel = "N",
      defaultValue = "3",
      description = "How many microscopes report: m12, m13, … (default: ${DEFAULT-VALUE})")
  private int microscopes;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      description = "When to stop, e.g. 30m or 2h (default: never)")
  private @Nullable String duration;

  @Option(
      names = "--away",
      paramLabel = "DURATION",
      defaultValue = "7m",
      description =
          "How long an agent falls silent; longer than the server's microscopy.offline-after, to be seen as offline"
              + " (default: ${DEFAULT-VALUE})")
  private String away;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server (default: ${DEFAULT-VALUE})")
  private URI url;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "Bearer token of the agents; repeated, one for each microscope in turn; better in "
              + ConnectionOptions.TOKEN_VARIABLE
              + ", separated by commas")
  private List<String> tokens = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Logging.plain();
    List<SimulationThread> threads = threads();
    Thread stopper = new Thread(() -> stop(threads), "stop the simulation");
    Runtime.getRuntime().addShutdownHook(stopper);
    threads.forEach(SimulationThread::start);
    boolean succeeded = true;
    for (SimulationThread thread : threads) succeeded &= thread.join();
    return succeeded ? 0 : 1;
  }

  private static void stop(List<SimulationThread> threads) {
    threads.forEach(SimulationThread::interrupt);
    threads.forEach(SimulationThread::awaitLastWords);
  }

  private List<SimulationThread> threads() {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw usage("--speed is " + speed + ", must be above 0");
    }
    if (microscopes < 1) throw usage("--microscopes is " + microscopes + ", must be above 0");
    List<TokenSource> sources = sources();
    long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
    Simulation.Settings settings =
        new Simulation.Settings(chosen, speed, duration(), duration("--away", away));
    spec.commandLine().getOut().println("seed " + chosen);
    List<SimulationThread> threads = new ArrayList<>();
    for (int i = 0; i < microscopes; i++) {
      TokenSource source = sources.get(Math.min(i, sources.size() - 1));
      Instrument instrument = new Instrument("m" + (FIRST_INSTRUMENT + i), source);
      threads.add(new SimulationThread(new Simulation(url, instrument, settings), this::failed));
    }
    return threads;
  }

  private Duration duration() {
    return duration == null ? Simulation.FOREVER : duration("--duration", duration);
  }

  private Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException notADuration) {
      throw usage(option + ": '" + text + "' is no duration; e.g. 30s, 10m or 2h");
    }
  }

  private List<TokenSource> sources() {
    String variable = System.getenv(ConnectionOptions.TOKEN_VARIABLE);
    boolean fromVariable = tokens.isEmpty() && variable != null;
    List<String> given = fromVariable ? List.of(variable.split(",", -1)) : tokens;
    if (given.size() == 1 || given.size() == microscopes) {
      return given.stream().map(TokenSource::of).toList();
    }
    String count = given.size() + " tokens for " + microscopes + " microscopes";
    throw usage(
        count
            + ": give one for all or one for each, with --token or in "
            + ConnectionOptions.TOKEN_VARIABLE);
  }

  private void failed(RuntimeException failure) {
    spec.commandLine().getErr().println(failure.getMessage());
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
