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
 * {@code demo}: a server, a simulated microscope that reports to it from a process of its own, and
 * a way in.
 */
@Command(
    name = "demo",
    description =
        "Starts the server and a simulated microscope session, and prints a link to the console.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final String TENANT = "demo";
  private static final List<String> EVERYTHING = List.of("**", "$freshet/**");
  private static final List<String> INSTRUMENTS = List.of("instruments/**");
  private static final Duration TOKEN_LIFE = Duration.ofDays(7);

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
      description = "Makes the session repeatable (default: 1)")
  private long seed;

  DemoCommand(Function<Config, List<Application>> applications) {
    this.applications = applications;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Config config = options.load();
    Logging.configure(config.logging());
    Server server = Server.start(config, applications.apply(config));
    Process simulator = simulator(server, config);
    CountDownLatch ending = new CountDownLatch(1);
    Shutdown.run(() -> {
      ending.countDown();
      simulator.destroy();
      server.close();
    });
    greet(server);
    int code = simulator.waitFor();
    // Ctrl-C ends both at once, and the simulator may be the first to go.
    if (code != 0 && !ending.await(1, TimeUnit.SECONDS))
      spec.commandLine()
          .getErr()
          .println("the simulated microscope ended with " + code + "; the server goes on");
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
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.freshet.server.Main",
            "simulate",
            "microscopy",
            "--url=" + server.url(),
            "--speed=" + speed,
            "--seed=" + seed);
    builder.environment().put("FRESHET_TOKEN", token);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void greet(Server server) {
    String code =
        server.loginCodes().create(new Identity(TENANT, "operator", EVERYTHING, EVERYTHING));
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("  Freshet runs. A simulated microscope reports to it; watch it here:");
    out.println();
    out.println("    " + server.url() + "/#login=" + code);
    out.println();
    out.println("  The link works once. Ctrl-C ends both.");
    out.println();
    out.flush();
  }
}
