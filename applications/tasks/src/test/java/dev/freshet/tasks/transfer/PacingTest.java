package dev.freshet.tasks.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How fast, how often and how many at once. */
@Timeout(30)
class PacingTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void backoff_doublesUpToItsBound_withFullJitter() {
    for (int failures = 1; failures < 40; failures++) {
      long bound = Math.min(1000, 100L << Math.min(failures - 1, 10));
      for (int i = 0; i < 50; i++) {
        assertThat(BACKOFF.delay(failures, Duration.ZERO))
            .isBetween(Duration.ZERO, Duration.ofMillis(bound));
      }
    }
    assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 8).stream().map(i -> BACKOFF.delay(9, Duration.ZERO)))
        .as("jitter")
        .doesNotHaveDuplicates();
  }

  @Test
  void backoff_neverComesSoonerThanAsked() {
    assertThat(BACKOFF.delay(1, Duration.ofMinutes(2)))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(2).plusMillis(100));
  }

  @Test
  void bucket_letsNoMoreThroughThanItsRate_forAllTogether() throws Exception {
    TokenBucket bucket = new TokenBucket(1_000_000);
    Thread.sleep(1000);
    long begin = System.nanoTime();
    Team.Member member =
        () -> {
          for (int i = 0; i < 10; i++) bucket.take(50_000);
        };
    Team.run(List.of(member, member));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .as("a million bytes, of which a quarter could be caught up on")
        .isGreaterThanOrEqualTo(Duration.ofMillis(740));
  }

  @Test
  void bucket_withoutARate_isOpen() throws Exception {
    TokenBucket bucket = new TokenBucket(0);
    for (int i = 0; i < 1000; i++) bucket.take(Integer.MAX_VALUE);
    assertThat(bucket.piece()).isEqualTo(64 << 10);
    assertThat(new TokenBucket(1024).piece()).isEqualTo(1024);
  }

  @Test
  void team_comesToRestTogether_whenOneFails() {
    CountDownLatch waiting = new CountDownLatch(2);
    AtomicInteger interrupted = new AtomicInteger();
    Team.Member patient =
        () -> {
          waiting.countDown();
          try {
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException told) {
            interrupted.incrementAndGet();
            throw told;
          }
        };
    Team.Member failing =
        () -> {
          waiting.await();
          throw TransferException.file("x", "y");
        };
    assertThatThrownBy(() -> Team.run(List.of(patient, patient, failing)))
        .isInstanceOf(TransferException.class);
    assertThat(interrupted).hasValue(2);
  }

  @Test
  void journal_thatDoesNotCoverTheFile_isNotSound() {
    Identity identity = new Identity("\"a\"", null, 10L);
    assertThat(journal(identity, new Journal.Span(0, 5, 2), new Journal.Span(5, 10, 5)).sound())
        .isTrue();
    assertThat(journal(identity, new Journal.Span(0, 5, 2)).sound()).isFalse();
    assertThat(journal(identity, new Journal.Span(0, 10, 11)).sound()).isFalse();
    assertThat(journal(identity, new Journal.Span(0, 4, 0), new Journal.Span(5, 10, 5)).sound())
        .isFalse();
    assertThat(journal(new Identity("\"a\"", null, null)).sound()).isFalse();
  }

  private static Journal journal(Identity identity, Journal.Span... spans) {
    return new Journal("http://x/f", identity, List.of(spans), null);
  }
}
