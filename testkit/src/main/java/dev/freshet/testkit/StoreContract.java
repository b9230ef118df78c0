package dev.freshet.testkit;

import static dev.freshet.testkit.LogFixture.keyed;
import static dev.freshet.testkit.LogFixture.offsets;
import static dev.freshet.testkit.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Topic;
import dev.freshet.log.Batch;
import dev.freshet.log.EventLog;
import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogException;
import dev.freshet.log.LogStore;
import dev.freshet.log.Retention;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Stores: one log a tenant, and nothing of one in another. */
interface StoreContract extends LogFixture {
  private LogStore store() {
    return store(Retention.DEFAULT, KeyWindow.DEFAULT);
  }

  @Test
  default void log_ofTheSameTenant_isTheSameInstance() throws Exception {
    LogStore store = store();
    Set<EventLog> logs = ConcurrentHashMap.newKeySet();
    Threads.inParallel(4, i -> logs.add(store.log("acme")));
    assertThat(logs).hasSize(1);
    assertThat(store.tenants()).containsExactly("acme");
    assertThat(store.writable()).isTrue();
    assertThat(store.failure()).isEmpty();
  }

  @Test
  default void logs_ofTwoTenants_shareNothing() {
    LogStore store = store();
    EventLog acme = store.log("acme");
    EventLog other = store.log("öther/..");
    acme.append(keyed("k", change("a", 0, "acme"), event("b")));
    assertThat(other.append(keyed("k", event("c"))).duplicate()).isFalse();
    assertThat(other.state(Topic.of("a"))).isEmpty();
    assertThat(other.epoch()).isNotEqualTo(acme.epoch());
    assertThat(offsets(readAll(acme, "**"))).containsExactly(1L, 2L);
    assertThat(readAll(other, "**")).extracting(r -> r.event().topic().path()).containsExactly("c");
    assertThat(other.topics(dev.freshet.event.TopicPattern.ALL, java.util.Optional.empty(), 10))
        .hasSize(1);
    try (var cut = other.states(LogFixture.patterns("**"))) {
      assertThat(cut.hasNext()).isFalse();
    }
    assertThat(store.tenants()).containsExactlyInAnyOrder("acme", "öther/..");
  }

  @Test
  default void log_closed_isOpenedAgainByTheStore() {
    LogStore store = store();
    EventLog log = store.log("acme");
    log.append(Batch.of(event("a")));
    log.close();
    log.close();
    EventLog again = store.log("acme");
    assertThat(again).isNotSameAs(log);
    assertThat(again.append(Batch.of(event("a"))).first().offset()).isPositive();
  }

  @Test
  default void store_closedWhileInUse_refusesCleanly() throws Exception {
    LogStore store = store();
    EventLog log = store.log("acme");
    for (int i = 0; i < 50; i++) log.append(Batch.of(change("s/" + i, 0, i)));
    log.follow(0, events -> {});
    var cut = log.states(LogFixture.patterns("**"));
    Threads.inParallel(
        5,
        thread -> {
          if (thread == 0) store.close();
          else useUntilClosed(log, thread);
        });
    assertThatThrownBy(cut::hasNext).isInstanceOf(LogException.Closed.class);
    for (String tenant : List.of("acme", "new")) {
      assertThatThrownBy(() -> store.log(tenant)).isInstanceOf(LogException.Closed.class);
    }
    cut.close();
    store.close();
  }

  private void useUntilClosed(EventLog log, int thread) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        switch (thread) {
          case 1 -> log.append(Batch.of(event("a")));
          case 2 -> readAll(log, "**");
          case 3 -> log.state(Topic.of("s/1"));
          default -> drain(log);
        }
      }
    } catch (LogException.Closed expected) {
      assertThat(List.of(expected)).hasSize(1);
    }
  }

  private static void drain(EventLog log) {
    try (var cut = log.states(LogFixture.patterns("**"))) {
      cut.forEachRemaining(state -> {});
    }
  }
}
