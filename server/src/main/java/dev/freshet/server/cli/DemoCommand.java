package dev.freshet.server.cli;

import dev.freshet.application.Application;
import dev.freshet.server.Server;
import dev.freshet.server.auth.Identity;
import dev.freshet.server.auth.Secret;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code demo}: a server, simulated microscopes that report to it from a process of their own, and
 * a way in.
 */
@Command(
    name = "demo",
    description =
        "Starts the server and simulated microscopes that report to it, and prints a link to the console.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final String TENANT = "demo";
  private static final List<String> EVERYTHING = List.of("**", "$freshet/**");
  private static final List<String> INSTRUMENTS = List.of("instruments/**");
  private static final Duration TOKEN_LIFE = Duration.ofDays(7);

  /** Short, so that an agent that falls silent is seen to be while one watches. */
  private static final Map<String, String> DEFAULTS =
      Map.of("microscopy.stale-after", "10s", "microscopy.offline-after", "25s");

  /**
   * How long an agent that falls silent is seen as offline; longer than an instruction's expiry.
   */
  private static final Duration OFFLINE = Duration.ofSeconds(50);

  private final Function<Config, List<Application>> applications;

  @Spec private CommandSpec spec;

  @Mixin private ListenOptions options = new ListenOptions();

  @Option(
      names = "--speed",
      defaultValue = "60",
      description = "How much faster than a real microscope (default: 60)")
  private double speed;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Makes the sessions repeatable (default: 1)")
  private long seed;

  @Option(
      names = "--microscopes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many microscopes report (default: ${DEFAULT-VALUE})")
  private int microscopes;

  DemoCommand(Function<Config, List<Application>> applications) {
    this.applications = applications;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Config config = options.load(DEFAULTS);
    Logging.configure(config.logging());
    Server server = Server.start(config, applications.apply(config));
    Process simulator = simulator(server, config);
    CountDownLatch ending = new CountDownLatch(1);
    Shutdown.run(() -> {
      ending.countDown();
      simulator.destroy();
      server.close();
    });
    greet(server, config);
    int code = simulator.waitFor();
    // Ctrl-C ends both at once, and the simulator may be the first to go.
    if (code != 0 && !ending.await(1, TimeUnit.SECONDS))
      spec.commandLine()
          .getErr()
          .println("the simulated microscopes ended with " + code + "; the server goes on");
    Thread.currentThread().join();
    return 0;
  }

  private Process simulator(Server server, Config config) throws IOException {
    byte[] secret =
        Secret.of(config)
            .orElseThrow(
                () -> new IOException("the demo needs a secret of its own; unset auth.jwks-url"));
    String token =
        new TokenIssuer(secret, config.auth(), InstantSource.system())
            .issue(new Identity(TENANT, "microscope", INSTRUMENTS, INSTRUMENTS), TOKEN_LIFE);
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.freshet.server.Main",
            "simulate",
            "microscopy",
            "--url=" + server.url(),
            "--speed=" + speed,
            "--seed=" + seed,
            "--microscopes=" + microscopes,
            "--away=" + away(config).toSeconds() + "s");
    builder.environment().put("FRESHET_TOKEN", token);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Duration away(Config config) {
    return config.microscopy().offlineAfter().plus(OFFLINE);
  }

  private void greet(Server server, Config config) {
    String code =
        server.loginCodes().create(new Identity(TENANT, "operator", EVERYTHING, EVERYTHING));
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("  Freshet runs. " + microscopes() + " to it; watch here:");
    out.println();
    out.println("    " + server.url() + "/#login=" + code);
    out.println();
    out.println(
        "  The link works once. Within a few minutes an acquisition is paused, one abandoned,");
    out.println(
        "  and an agent falls silent for " + away(config).toSeconds() + " s. Ctrl-C ends all.");
    out.println();
    out.flush();
  }

  private String microscopes() {
    return microscopes == 1
        ? "A simulated microscope reports"
        : microscopes + " simulated microscopes report";
  }
}
