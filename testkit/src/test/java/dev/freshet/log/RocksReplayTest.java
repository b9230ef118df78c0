package dev.freshet.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay costs: counted in events read, not in time. */
class RocksReplayTest {
  private static final int TOPICS = 500;
  private static final int EVENTS = 20_000;

  @TempDir Path directory;
  private RocksLogStore store;
  private RocksLog log;

  @BeforeEach
  void fill() {
    store =
        RocksLogStore.open(
            directory,
            RocksLogStore.Settings.DEFAULT.durability(Durability.OS),
            InstantSource.system());
    log = (RocksLog) store.log("t");
    for (int i = 0; i < EVENTS; i += 100) {
      int from = i;
      List<Entry> batch =
          IntStream.range(0, 100).mapToObj(j -> event((from + j) % TOPICS)).toList();
      log.append(new Batch(batch, Optional.empty()));
    }
  }

  private static Entry event(int topic) {
    Topic path = Topic.of("runs/" + topic + (topic % 2 == 0 ? "/steps" : "/plan"));
    return Entry.of(Event.of(path, "t", Instant.EPOCH, Json.NULL));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void read_oneTopicAmongMany_readsItsEventsOnly() {
    assertThat(replay(Filter.of("runs/42/steps"))).isEqualTo(EVENTS / TOPICS);
    assertThat(log.reads()).isEqualTo(EVENTS / TOPICS);
  }

  @Test
  void read_narrowPatternAmongMany_readsItsEventsOnly() {
    assertThat(replay(Filter.of("runs/42/**", "runs/7/*"))).isEqualTo(2 * EVENTS / TOPICS);
    assertThat(log.reads()).isEqualTo(2 * EVENTS / TOPICS);
  }

  @Test
  void read_broadPattern_readsTheLogOnce() {
    assertThat(replay(Filter.of("runs/**"))).isEqualTo(EVENTS);
    assertThat(log.reads()).isLessThan(EVENTS + EVENTS / 10);
  }

  @Test
  void read_nearTheHead_readsWhatIsNewOnly() {
    assertThat(log.read(Filter.of("runs/42/steps"), EVENTS - 100, Long.MAX_VALUE, 10).events())
        .isEmpty();
    assertThat(log.reads()).isEqualTo(100);
  }

  @Test
  void follow_keepingUp_readsNothingBack() {
    List<Recorded> followed = new ArrayList<>();
    log.follow(
        EVENTS,
        events -> {
          synchronized (followed) {
            followed.addAll(events);
            followed.notifyAll();
          }
        });
    long before = log.reads();
    for (int i = 0; i < 50; i++) {
      log.append(Batch.of(event(i)));
      awaitSize(followed, i + 1);
    }
    assertThat(log.reads()).isEqualTo(before);
  }

  private static void awaitSize(List<Recorded> events, int size) {
    synchronized (events) {
      while (events.size() < size) {
        try {
          events.wait(10_000);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private int replay(Filter filter) {
    int events = 0;
    long after = 0;
    while (after < EVENTS) {
      Slice slice = log.read(filter, after, Long.MAX_VALUE, 1000);
      events += slice.events().size();
      after = slice.through();
    }
    return events;
  }
}
