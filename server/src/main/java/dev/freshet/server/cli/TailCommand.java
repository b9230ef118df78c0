package dev.freshet.server.cli;

import dev.freshet.client.Delivery;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.SubscribeOptions;
import dev.freshet.client.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tail}: follows topics until they end, or Ctrl-C. */
@Command(
    name = "tail",
    description = {
      "Prints the states and events of topics as they come, and comes back after every cut without loss.",
      "Events and states go to standard output, a line each; what happens to the connection to standard error."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TailCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..64",
      paramLabel = "PATTERN",
      description = "Topics; * stands for a segment, a final ** for the rest (quote them)")
  private List<String> patterns;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only events of this type; can be repeated")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--after",
      paramLabel = "POSITION",
      description =
          "Begin after this position, or with the earliest event kept; otherwise with the states")
  private @Nullable String after;

  @Option(names = "--json", description = "Print JSON, one value a line")
  private boolean json;

  @Mixin private ConnectionOptions connection;

  @Override
  public Integer call() throws Exception {
    Logging.plain();
    SubscribeOptions options =
        SubscribeOptions.topics(patterns.toArray(String[]::new))
            .types(types.toArray(String[]::new))
            .after(after);
    return connection.exitCode(() -> {
      try (FreshetClient client = connection.client();
          Subscription subscription = client.subscribe(options)) {
        for (Delivery delivery : subscription) print(delivery);
        return 0;
      }
    });
  }

  private void print(Delivery delivery) {
    DeliveryLine line = DeliveryLine.of(delivery);
    if (line.note()) spec.commandLine().getErr().println(line.text());
    else spec.commandLine().getOut().println(json ? line.json() : line.text());
  }
}
