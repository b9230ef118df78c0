package dev.freshet.server.cli;

import dev.freshet.client.Event;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.Published;
import dev.freshet.event.Json;
import dev.freshet.server.openapi.Malformed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code publish}: one event, or a line of JSON each from standard input. */
@Command(
    name = "publish",
    description = {
      "Publishes an event and prints its position.",
      "With --ndjson, publishes an event for each line of standard input, {\"topic\":…,\"type\":…,\"data\":…}, and prints"
          + " the position of the last of each batch."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PublishCommand implements Callable<Integer> {
  private final InputStream in;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "TOPIC", description = "Such as orders/7")
  private @Nullable String topic;

  @Parameters(index = "1", arity = "0..1", paramLabel = "TYPE", description = "Such as order.paid")
  private @Nullable String type;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "null",
      description = "The data; - reads it from standard input (default: null)")
  private String data;

  @Option(names = "--ndjson", description = "Read events from standard input, one a line")
  private boolean ndjson;

  @Option(names = "--end", description = "The topic's last event: its streams end")
  private boolean end;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Idempotency key: published again with the same key, nothing is appended")
  private @Nullable String key;

  @Mixin private ConnectionOptions connection;

  PublishCommand() {
    this(System.in);
  }

  PublishCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() throws Exception {
    Logging.plain();
    return connection.exitCode(() -> {
      try (FreshetClient client = connection.client()) {
        if (ndjson) lines().publish(client, this::print);
        else print(publish(client, event()));
        return 0;
      }
    });
  }

  private EventLines lines() {
    if (topic != null || end) {
      throw usage("--ndjson takes every event from standard input: no TOPIC, no --end");
    }
    return new EventLines(
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), key);
  }

  private Event event() throws IOException {
    if (topic == null || type == null) throw usage("Name a TOPIC and a TYPE, or use --ndjson");
    boolean stdin = data.equals("-");
    String text = stdin ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : data;
    Event event = Event.of(topic, type, json(text));
    return end ? event.ending() : event;
  }

  private Published publish(FreshetClient client, Event event) throws InterruptedException {
    return key == null ? client.publish(event) : client.publish(List.of(event), key);
  }

  private JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw usage("The data: " + Malformed.describe(e));
    }
  }

  private void print(Published published) {
    spec.commandLine().getOut().println(published.position());
    if (published.duplicate()) {
      spec.commandLine().getErr().println("published before with this key; nothing was appended");
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
