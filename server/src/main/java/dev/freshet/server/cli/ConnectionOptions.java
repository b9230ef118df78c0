package dev.freshet.server.cli;

import dev.freshet.client.ClientBuilder;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import dev.freshet.client.TokenSource;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a command talks to, and as whom. */
final class ConnectionOptions {
  static final String TOKEN_VARIABLE = "FRESHET_TOKEN";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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
          "Bearer token; better in " + TOKEN_VARIABLE + ", which others on this machine cannot see")
  private @Nullable String token;

  /** A client of that server, with the token of the option or else of the environment, if any. */
  FreshetClient client() {
    String bearer = token != null ? token : System.getenv(TOKEN_VARIABLE);
    ClientBuilder builder = builder();
    return bearer == null || bearer.isBlank()
        ? builder.build()
        : builder.tokens(TokenSource.of(bearer)).build();
  }

  private ClientBuilder builder() {
    try {
      return FreshetClient.to(url);
    } catch (IllegalArgumentException notAServer) {
      throw new ParameterException(spec.commandLine(), "--url: " + notAServer.getMessage());
    }
  }

  /** The exit code of an action; a refusal, or no answer, is one line on standard error and 1. */
  int exitCode(Callable<Integer> action) throws Exception {
    try {
      return action.call();
    } catch (ProblemException | UncheckedIOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
