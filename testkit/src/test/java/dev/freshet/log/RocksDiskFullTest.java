package dev.freshet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Event;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small one in memory, which only root may mount. */
@Timeout(120)
class RocksDiskFullTest {
  private static final int EVENT_BYTES = 20_000;

  @TempDir Path directory;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", directory.toString());
    assumeThat(mounted).as("a small tmpfs can be mounted; that needs Linux and root").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) assertThat(run("umount", directory.toString())).isTrue();
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Test
  void append_diskFull_failsAndRecoversWithoutLoss_L1() throws IOException {
    long acknowledged;
    try (RocksLogStore store = open()) {
      EventLog log = store.log("t");
      log.append(Batch.of(event()));
      Path filler = fill();
      acknowledged = appendUntilFull(log);
      assertThat(store.writable()).isFalse();
      assertThat(store.failure()).containsInstanceOf(LogException.StorageFull.class);
      assertThat(log.head().offset()).isEqualTo(acknowledged);
      assertThatThrownBy(() -> log.append(Batch.of(event())))
          .isInstanceOf(LogException.StorageFull.class);
      assertReadable(log, acknowledged);

      Files.delete(filler);
      await().atMost(Duration.ofSeconds(40)).until(store::writable);
      assertThat(log.append(Batch.of(event())).first().offset()).isEqualTo(++acknowledged);
      assertReadable(log, acknowledged);
    }
    try (RocksLogStore store = open()) {
      assertReadable(store.log("t"), acknowledged);
    }
  }

  private RocksLogStore open() {
    return RocksLogStore.open(
        directory.resolve("log"), RocksLogStore.Settings.DEFAULT, InstantSource.system());
  }

  private static Entry event() {
    Json data = Json.from("x".repeat(EVENT_BYTES));
    return Entry.of(Event.of(Topic.of("a"), "t", Instant.EPOCH, data));
  }

  private Path fill() throws IOException {
    Path filler = directory.resolve("filler");
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) out.write(block);
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space");
      return filler;
    }
  }

  private static long appendUntilFull(EventLog log) {
    while (true) {
      try {
        log.append(Batch.of(event()));
      } catch (LogException.StorageFull full) {
        assertThat(full.retryable()).isTrue();
        return log.head().offset();
      }
    }
  }

  private static void assertReadable(EventLog log, long last) {
    assertThat(log.head().offset()).isEqualTo(last);
    long after = 0;
    while (after < last) {
      Slice slice = log.read(Filter.of("a"), after, Long.MAX_VALUE, 1000);
      assertThat(slice.events())
          .extracting(Recorded::offset)
          .isEqualTo(LongStream.rangeClosed(after + 1, slice.through()).boxed().toList());
      after = slice.through();
    }
    assertThat(after).isEqualTo(last);
  }
}
