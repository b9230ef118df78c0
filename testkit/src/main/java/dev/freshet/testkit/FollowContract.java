package dev.freshet.testkit;

import static dev.freshet.testkit.LogFixture.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.log.Batch;
import dev.freshet.log.EventLog;
import dev.freshet.log.EventLog.Following;
import dev.freshet.log.Recorded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Following: from storage, then live, in order, once. */
interface FollowContract extends LogFixture {
  /** Keeps what it is given. */
  final class Notes implements EventLog.Follower {
    final List<Recorded> events = Collections.synchronizedList(new ArrayList<>());
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public void appended(List<Recorded> more) {
      threads.add(Thread.currentThread());
      events.addAll(more);
    }

    void awaitOffsets(long first, long last) {
      List<Long> expected = LongStream.rangeClosed(first, last).boxed().toList();
      Threads.eventually(() -> assertThat(offsets(List.copyOf(events))).isEqualTo(expected));
    }
  }

  @Test
  default void follow_fromTheMiddle_catchesUpAndGoesOnLive_U2() {
    EventLog log = log();
    appendMany(log, "a", 1500);
    Notes notes = new Notes();
    log.follow(100, notes);
    appendMany(log, "b", 200);
    notes.awaitOffsets(101, 1700);
    log.append(Batch.of(event("$sys/x"), change("c", 0, 1), end("d")));
    notes.awaitOffsets(101, 1703);
    assertThat(notes.threads).hasSize(1);
    assertThat(notes.events).isEqualTo(LogFixture.readAll(log, "**", "$sys/**").subList(100, 1703));
  }

  @Test
  default void follow_whileOthersAppend_missesAndDoublesNothing_U2() throws Exception {
    EventLog log = log();
    List<Notes> all = Collections.synchronizedList(new ArrayList<>());
    Threads.inParallel(
        6,
        thread -> {
          if (thread < 3) {
            for (int i = 0; i < 100; i++) log.append(Batch.of(event("a"), event("b")));
          } else {
            Notes notes = new Notes();
            all.add(notes);
            log.follow(0, notes);
          }
        });
    for (Notes notes : all) notes.awaitOffsets(1, 600);
  }

  @Test
  default void follow_failingFollower_doesNotStopTheOthers() {
    EventLog log = log();
    List<Recorded> seen = Collections.synchronizedList(new ArrayList<>());
    Notes notes = new Notes();
    log.follow(
        0,
        events -> {
          seen.addAll(events);
          throw new IllegalStateException("a follower that fails, for the test");
        });
    log.follow(0, notes);
    appendMany(log, "a", 3);
    notes.awaitOffsets(1, 3);
    int before = seen.size();
    appendMany(log, "a", 3);
    notes.awaitOffsets(1, 6);
    assertThat(seen).hasSize(before);
  }

  @Test
  default void follow_closed_isCalledNoMore() {
    EventLog log = log();
    Notes closed = new Notes();
    Notes open = new Notes();
    Following following = log.follow(0, closed);
    log.follow(0, open);
    appendMany(log, "a", 2);
    open.awaitOffsets(1, 2);
    closed.awaitOffsets(1, 2);
    following.close();
    appendMany(log, "a", 2);
    open.awaitOffsets(1, 4);
    closed.awaitOffsets(1, 2);
  }

  @Test
  default void follow_afterAllHadLeft_beginsAgain() {
    EventLog log = log();
    Notes first = new Notes();
    Following following = log.follow(0, first);
    appendMany(log, "a", 3);
    first.awaitOffsets(1, 3);
    following.close();
    appendMany(log, "a", 3);
    Notes second = new Notes();
    log.follow(4, second);
    second.awaitOffsets(5, 6);
    appendMany(log, "a", 3);
    second.awaitOffsets(5, 9);
  }

  @Test
  default void follow_slowFollower_losesNothing_U5() {
    EventLog log = log();
    Notes notes = new Notes();
    CountDownLatch slow = new CountDownLatch(1);
    log.follow(
        0,
        events -> {
          Threads.uninterrupted(slow::await);
          notes.appended(events);
        });
    appendMany(log, "a", 1);
    for (int i = 0; i < 100; i++) {
      log.append(new Batch(Collections.nCopies(100, event("a")), java.util.Optional.empty()));
    }
    slow.countDown();
    notes.awaitOffsets(1, 10_001);
  }

  @Test
  default void follow_fromTheFuture_waitsForIt() {
    EventLog log = log();
    Notes notes = new Notes();
    log.follow(3, notes);
    appendMany(log, "a", 5);
    notes.awaitOffsets(4, 5);
  }

  @Test
  default void follow_appendingFollower_isServed() {
    EventLog log = log();
    Notes notes = new Notes();
    log.follow(
        0,
        events -> {
          notes.appended(events);
          if (notes.events.size() < 5) log.append(Batch.of(event("a")));
        });
    appendMany(log, "a", 1);
    notes.awaitOffsets(1, 5);
  }
}
