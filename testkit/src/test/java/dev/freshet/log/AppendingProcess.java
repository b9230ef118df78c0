package dev.freshet.log;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A process that appends until it is killed, and says on its standard output what was acknowledged.
 * Data of an event is the text {@code id#index in its batch}, padded.
 */
final class AppendingProcess {
  static final String TENANT = "acme";
  private static final int WRITERS = 6;
  private static final int KEPT = 3000;

  private final EventLog log;
  private final String padding;
  private final long seed;

  private AppendingProcess(EventLog log, int padding, long seed) {
    this.log = log;
    this.padding = padding(padding);
    this.seed = seed;
  }

  /** What a writer was told. */
  record Acknowledged(long first, long last, String id, boolean keyed) {
    static Optional<Acknowledged> parse(String line) {
      String[] words = line.split(" ", -1);
      if (words.length != 6 || !words[0].equals("ack") || !words[5].equals("."))
        return Optional.empty();
      return Optional.of(
          new Acknowledged(
              Long.parseLong(words[1]),
              Long.parseLong(words[2]),
              words[3],
              Boolean.parseBoolean(words[4])));
    }

    @Override
    public String toString() {
      return "ack " + first + " " + last + " " + id + " " + keyed + " .";
    }
  }

  static RocksLogStore open(Path directory, Durability durability) {
    Retention.Rule rule =
        new Retention.Rule(dev.freshet.event.TopicPattern.ALL, Duration.ofDays(1), KEPT, 1L << 40);
    return RocksLogStore.open(
        directory,
        RocksLogStore.Settings.DEFAULT
            .durability(durability)
            .retention(new Retention(List.of(rule))),
        InstantSource.system());
  }

  static Process start(Path directory, Durability durability, int padding, long seed)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            directory.toString(),
            durability.name(),
            Integer.toString(padding),
            Long.toString(seed))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[3]);
    EventLog log = open(Path.of(arguments[0]), Durability.valueOf(arguments[1])).log(TENANT);
    AppendingProcess process = new AppendingProcess(log, Integer.parseInt(arguments[2]), seed);
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      Thread.ofPlatform().start(() -> process.write(writer));
    }
    while (true) log.retain();
  }

  private void write(int writer) {
    Random random = new Random(seed * WRITERS + writer);
    for (int n = 0; ; n++) {
      String id = seed + "-" + writer + "-" + n;
      int size = random.nextInt(4) == 0 ? random.nextInt(2, 30) : 1;
      boolean keyed = random.nextInt(3) == 0;
      boolean change = random.nextBoolean();
      List<Entry> entries =
          IntStream.range(0, size)
              .mapToObj(i -> change ? change(writer, id, i) : event(i, id))
              .toList();
      Appended appended =
          log.append(new Batch(entries, keyed ? Optional.of(id) : Optional.empty()));
      say(new Acknowledged(appended.first().offset(), appended.last().offset(), id, keyed));
    }
  }

  static String padding(int characters) {
    return ".".repeat(characters);
  }

  static Json data(String id, long index, String padding) {
    return Json.from(id + "#" + index + padding);
  }

  private Json data(String id, int index) {
    return data(id, index, padding);
  }

  private Entry event(int index, String id) {
    return Entry.of(Event.of(Topic.of("events/" + index), "t", Instant.now(), data(id, index)));
  }

  private Entry change(int writer, String id, int index) {
    Topic topic = Topic.of("states/" + writer);
    long base = log.state(topic).map(TopicState::version).orElse(0L) + index;
    Json value = data(id, index);
    Event event = Event.of(topic, "state.update", Instant.now(), value);
    return new Entry(event, new Revision(base + 1, base, Revision.Form.VALUE, null), value);
  }

  private static void say(Acknowledged acknowledged) {
    synchronized (System.out) {
      System.out.println(acknowledged);
      System.out.flush();
    }
  }
}
