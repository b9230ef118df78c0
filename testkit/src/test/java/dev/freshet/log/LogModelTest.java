package dev.freshet.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is done to both in the same order, the stored log answers as the one on the heap does.
 */
class LogModelTest {
  private static final int STEPS = 600;
  private static final List<String> TOPICS =
      List.of("a", "a/b", "a/c", "a/b/c", "d/b", "e", "$sys/a", "a-b");
  private static final List<String> PATTERNS =
      List.of("**", "a", "a/*", "a/**", "*/b", "$sys/**", "e", "*", "a/b/**", "none/*", "*/*/c");
  private static final Retention RETENTION =
      new Retention(
          List.of(
              rule("a/**", Duration.ofMinutes(30), 40, 4000),
              rule("*/b", Duration.ofHours(1), 30, 4000),
              rule("**", Duration.ofMinutes(90), 60, 9000)));
  private static final KeyWindow KEYS = new KeyWindow(Duration.ofMinutes(20), 5);

  /** Retention is applied before so many events, so that the heap log does not do so by itself. */
  private static final int EVENTS_PER_RETENTION = 25;

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock();

  private static Retention.Rule rule(String pattern, Duration age, long count, long bytes) {
    return new Retention.Rule(TopicPattern.of(pattern), age, count, bytes);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void anything_doneToBoth_hasTheSameOutcome(long given) {
    long seed = given == 0 ? System.nanoTime() : given;
    Random random = new Random(seed);
    RocksLogStore.Settings settings =
        new RocksLogStore.Settings(Durability.OS, RETENTION, Duration.ofDays(1), KEYS);
    RocksLogStore rocks = RocksLogStore.open(directory, settings, clock);
    try (MemoryLogStore memory = new MemoryLogStore(RETENTION, KEYS, clock)) {
      EventLog model = memory.log("t");
      int unretained = 0;
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(100) == 0) {
          rocks.close();
          rocks = RocksLogStore.open(directory, settings, clock);
        }
        int kind = unretained > EVENTS_PER_RETENTION ? 0 : random.nextInt(10);
        Function<EventLog, Object> operation = operation(kind, random, model);
        unretained = kind == 0 ? 0 : unretained + 6;
        Object expected = outcome(operation, model);
        assertThat(outcome(operation, rocks.log("t")))
            .as("seed %d, step %d", seed, step)
            .isEqualTo(expected);
      }
    } finally {
      rocks.close();
    }
  }

  private static Object outcome(Function<EventLog, Object> operation, EventLog log) {
    try {
      return operation.apply(log);
    } catch (LogException e) {
      return e.toString();
    }
  }

  private Function<EventLog, Object> operation(int kind, Random random, EventLog model) {
    return switch (kind) {
      case 0 -> LogModelTest::retain;
      case 1 -> pass(random);
      case 2, 3 -> read(random, model);
      case 4 -> states(patterns(random));
      case 5 -> topics(random);
      default -> append(random, model);
    };
  }

  private static Object retain(EventLog log) {
    log.retain();
    return PATTERNS.stream().map(p -> log.start(Filter.of(p)).offset()).toList();
  }

  private Function<EventLog, Object> pass(Random random) {
    clock.advance(Duration.ofMinutes(random.nextInt(-1, 15)));
    return log -> log.head().offset();
  }

  private static Function<EventLog, Object> read(Random random, EventLog model) {
    Filter all =
        new Filter(
            patterns(random),
            random.nextBoolean() ? new HashSet<>() : new HashSet<>(List.of("x", "y")));
    long head = model.head().offset();
    long after =
        random.nextInt(4) == 0
            ? random.nextLong(head + 2)
            : Math.max(0, head - random.nextInt(300));
    long upTo = random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(head + 2);
    int limit = random.nextInt(1, 40);
    return log -> log.read(all, after, upTo, limit);
  }

  private static Function<EventLog, Object> states(List<TopicPattern> patterns) {
    return log -> {
      List<Object> found = new ArrayList<>();
      try (StateCut cut = log.states(patterns)) {
        found.add(cut.position().offset());
        cut.forEachRemaining(found::add);
      }
      TOPICS.forEach(topic -> found.add(log.state(Topic.of(topic))));
      return found;
    };
  }

  private static Function<EventLog, Object> topics(Random random) {
    TopicPattern pattern = TopicPattern.of(any(random, PATTERNS));
    Optional<Topic> after =
        random.nextBoolean() ? Optional.empty() : Optional.of(Topic.of(any(random, TOPICS)));
    int limit = random.nextInt(1, 6);
    return log -> log.topics(pattern, after, limit);
  }

  private Function<EventLog, Object> append(Random random, EventLog model) {
    List<Entry> entries =
        IntStream.range(0, random.nextInt(1, 6)).mapToObj(i -> entry(random, model)).toList();
    Optional<String> key =
        random.nextBoolean() ? Optional.empty() : Optional.of("k" + random.nextInt(12));
    return log -> {
      Appended appended = log.append(new Batch(entries, key));
      return List.of(appended.first().offset(), appended.last().offset(), appended.duplicate());
    };
  }

  private Entry entry(Random random, EventLog model) {
    Topic topic =
        Topic.of(random.nextInt(8) == 0 ? "once/" + random.nextInt(60) : any(random, TOPICS));
    boolean end = topic.path().startsWith("once") && random.nextBoolean();
    Json data = Json.from("d".repeat(random.nextInt(60)));
    Event event = new Event(topic, any(random, List.of("x", "y", "z")), clock.instant(), data, end);
    if (random.nextBoolean()) return Entry.of(event);
    long version = model.state(topic).map(TopicState::version).orElse(0L);
    long base = random.nextInt(12) == 0 ? version + 1 : version;
    boolean delete = random.nextInt(4) == 0;
    Revision.Form form = delete ? Revision.Form.DELETION : Revision.Form.VALUE;
    return new Entry(event, new Revision(base + 1, base, form, null), delete ? null : data);
  }

  private static List<TopicPattern> patterns(Random random) {
    return IntStream.range(0, random.nextInt(1, 4))
        .mapToObj(i -> TopicPattern.of(any(random, PATTERNS)))
        .toList();
  }

  private static String any(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
