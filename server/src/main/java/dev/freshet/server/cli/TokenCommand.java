package dev.freshet.server.cli;

import dev.freshet.server.auth.Identity;
import dev.freshet.server.auth.Secret;
import dev.freshet.server.auth.TokenIssuer;
import dev.freshet.server.auth.TokenVerifier;
import dev.freshet.server.config.Config;
import dev.freshet.server.config.ConfigException;
import dev.freshet.server.config.Durations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code token}: a token of the server's own secret, alone on standard output. */
@Command(
    name = "token",
    description =
        "Prints a token, signed with the server's secret (in development: the one in the data directory).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--tenant", required = true, description = "Whose events it is for")
  private String tenant;

  @Option(names = "--subject", required = true, description = "Who shows it")
  private String subject;

  @Option(
      names = "--read",
      paramLabel = "PATTERN",
      description = "Topics it may read; can be repeated")
  private List<String> read = new ArrayList<>();

  @Option(
      names = "--write",
      paramLabel = "PATTERN",
      description = "Topics it may write; can be repeated")
  private List<String> write = new ArrayList<>();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it is good, e.g. 30m or 7d (default: 1h)")
  private String ttl;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() {
    Config config = options.load(Map.of());
    Logging.configure(config.logging());
    byte[] secret =
        Secret.of(config)
            .orElseThrow(() ->
                new ConfigException(
                    "auth.secret: not set; tokens come from the issuer of auth.jwks-url"));
    InstantSource clock = InstantSource.system();
    String token =
        new TokenIssuer(secret, config.auth(), clock)
            .issue(new Identity(tenant, subject, read, write), life());
    check(new TokenVerifier(config.auth(), Optional.of(secret), clock), token);
    spec.commandLine().getOut().println(token);
    return 0;
  }

  private Duration life() {
    try {
      Duration life = Durations.parse(ttl);
      if (life.isPositive()) return life;
    } catch (IllegalArgumentException notADuration) {
      // said below
    }
    throw new ConfigException(
        "--ttl: '" + ttl + "' is not allowed; allowed is a duration such as 30m, 1h or 7d");
  }

  /** A token that the server would refuse is not printed. */
  private static void check(TokenVerifier verifier, String token) {
    try {
      verifier.verify(token);
    } catch (RuntimeException refused) {
      throw new ConfigException(String.valueOf(refused.getMessage()));
    }
  }
}
