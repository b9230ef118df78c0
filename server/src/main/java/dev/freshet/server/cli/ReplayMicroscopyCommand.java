package dev.freshet.server.cli;

import dev.freshet.client.ProblemException;
import dev.freshet.client.TokenSource;
import dev.freshet.simulator.RecordingException;
import dev.freshet.simulator.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay microscopy}: the reports of a recording, again. */
@Command(
    name = "microscopy",
    description = {
      "Sends the reports of a recording again, in their order and at their pace, and tells which were answered otherwise.",
      "Ends with 1 if any was, and with 2 if the file is no recording."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReplayMicroscopyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "What record microscopy wrote")
  private Path file;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "How much faster than it was recorded (default: ${DEFAULT-VALUE})")
  private double speed;

  @Option(
      names = "--rename",
      description = "Replaces every uuid, so that it can be replayed where it is known already")
  private boolean rename;

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
          "Bearer token that may write to all the instruments; better in "
              + ConnectionOptions.TOKEN_VARIABLE)
  private @Nullable String token;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.plain();
    if (!(speed > 0)) throw usage("--speed is " + speed + ", must be above 0");
    if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
      throw usage("--url: '" + url + "' is no server; give http(s)://HOST[:PORT]");
    }
    if (!Files.isRegularFile(file)) throw usage("there is no file '" + file + "'");
    try {
      return tell(new Replay(url, tokens(), file, speed, rename).run());
    } catch (RecordingException notARecording) {
      spec.commandLine().getErr().println(notARecording.getMessage());
      return 2;
    } catch (ProblemException refused) {
      spec.commandLine().getErr().println(refused.getMessage());
      return 1;
    }
  }

  private @Nullable TokenSource tokens() {
    String bearer = token != null ? token : System.getenv(ConnectionOptions.TOKEN_VARIABLE);
    return bearer == null || bearer.isBlank() ? null : TokenSource.of(bearer);
  }

  private int tell(Replay.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    outcome.examples().forEach(out::println);
    long more = outcome.different() - outcome.examples().size();
    if (more > 0) out.println("and " + more + " more");
    if (outcome.truncated()) out.println("the last line of " + file + " is cut off; left out");
    if (outcome.passedOver() > 0) {
      out.println("left out, for they had not been taken: " + outcome.passedOver());
    }
    out.println("reports sent: " + outcome.sent() + ", answered otherwise: " + outcome.different());
    return outcome.different() == 0 ? 0 : 1;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
