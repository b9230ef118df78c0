package dev.freshet.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.AppendingProcess.Acknowledged;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a process that appends, as {@code kill -9} does, and looks at what it left. */
@Timeout(120)
class RocksCrashTest {
  private static final int ROUNDS = 4;
  private static final int KEYS_CHECKED = 50;

  @TempDir Path directory;
  private final Random random = new Random();

  @ParameterizedTest
  @EnumSource(names = {"OS", "FSYNC"})
  void append_killedAfterAck_survives_L1(Durability durability) throws Exception {
    List<Acknowledged> acknowledged = new ArrayList<>();
    Set<Long> epochs = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(appendUntilKilled(durability, 0, random.nextInt(50, 3000), round));
      try (RocksLogStore store = AppendingProcess.open(directory, durability)) {
        EventLog log = store.log(AppendingProcess.TENANT);
        check(log, acknowledged);
        epochs.add(log.epoch());
      }
    }
    assertThat(epochs).hasSize(1);
  }

  /** So much is appended that some of it gets to the disk. */
  @Test
  void append_killedWithoutDurability_leavesStatesAndEventsAgreedAndANewEpoch_S1_U3()
      throws Exception {
    Set<Long> epochs = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      appendUntilKilled(Durability.MEMORY, 10_000, 2000, round);
      try (RocksLogStore store = AppendingProcess.open(directory, Durability.MEMORY)) {
        EventLog log = store.log(AppendingProcess.TENANT);
        assertThat(log.head().offset()).isPositive();
        check(log, List.of());
        epochs.add(log.epoch());
      }
    }
    assertThat(epochs).hasSize(2);
  }

  private List<Acknowledged> appendUntilKilled(
      Durability durability, int padding, int enough, long seed) throws Exception {
    Process process = AppendingProcess.start(directory, durability, padding, seed);
    List<Acknowledged> acknowledged = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Acknowledged.parse(line).ifPresent(acknowledged::add);
        if (acknowledged.size() == enough) process.toHandle().destroyForcibly();
      }
    }
    process.waitFor();
    assertThat(acknowledged)
        .as("the process was killed while it appended")
        .hasSizeGreaterThanOrEqualTo(enough);
    return acknowledged;
  }

  private static void check(EventLog log, List<Acknowledged> acknowledged) {
    Map<Long, Recorded> events = events(log);
    for (Acknowledged batch : acknowledged) checkKept(log, events, batch);
    checkStates(log, events);
    List<Acknowledged> keyed = acknowledged.stream().filter(Acknowledged::keyed).toList();
    keyed.stream()
        .skip(Math.max(0, keyed.size() - KEYS_CHECKED))
        .forEach(batch -> checkKey(log, batch));
  }

  private static Map<Long, Recorded> events(EventLog log) {
    Filter all = Filter.of("**");
    long start = log.start(all).offset();
    List<Recorded> events = new ArrayList<>();
    for (long after = start; after < log.head().offset(); ) {
      Slice slice = log.read(all, after, Long.MAX_VALUE, 1000);
      events.addAll(slice.events());
      after = slice.through();
    }
    assertThat(events)
        .extracting(Recorded::offset)
        .as("offsets are dense (L2)")
        .isEqualTo(LongStream.rangeClosed(start + 1, log.head().offset()).boxed().toList());
    return events.stream().collect(Collectors.toMap(Recorded::offset, r -> r));
  }

  private static void checkKept(EventLog log, Map<Long, Recorded> events, Acknowledged batch) {
    assertThat(batch.last()).isLessThanOrEqualTo(log.head().offset());
    for (long offset = batch.first(); offset <= batch.last(); offset++) {
      Recorded recorded = events.get(offset);
      if (recorded == null)
        assertThat(offset).isLessThanOrEqualTo(log.start(Filter.of("**")).offset());
      else
        assertThat(recorded.event().data())
            .isEqualTo(AppendingProcess.data(batch.id(), offset - batch.first(), ""));
    }
  }

  private static void checkStates(EventLog log, Map<Long, Recorded> events) {
    Map<Topic, Recorded> newest = new HashMap<>();
    events.values().stream()
        .sorted((a, b) -> Long.compare(a.offset(), b.offset()))
        .filter(r -> r.revision() != null)
        .forEach(r -> {
          Recorded before = newest.put(r.event().topic(), r);
          if (before != null)
            assertThat(r.revision().base()).isEqualTo(before.revision().version());
        });
    newest.forEach((topic, last) ->
        assertThat(log.state(topic))
            .contains(
                new TopicState(
                    topic,
                    last.revision().version(),
                    last.event().data(),
                    last.event().time(),
                    last.offset(),
                    false)));
  }

  private static void checkKey(EventLog log, Acknowledged batch) {
    Entry other =
        Entry.of(dev.freshet.event.Event.of(Topic.of("other"), "t", Instant.EPOCH, Json.NULL));
    Appended again = log.append(new Batch(List.of(other), Optional.of(batch.id())));
    assertThat(again.duplicate()).isTrue();
    assertThat(again.first().offset()).isEqualTo(batch.first());
  }
}
