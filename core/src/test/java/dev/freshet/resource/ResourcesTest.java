package dev.freshet.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import dev.freshet.subscription.Delivery;
import dev.freshet.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that loaders keep live while they are watched (PROTOCOL §8.7). */
@Timeout(30)
class ResourcesTest {
  private static final Topic ORDER = Topic.of("orders/7");
  private static final Pace QUICK =
      Pace.every(Duration.ofMillis(5))
          .linger(Duration.ofMillis(20))
          .retry(Duration.ofMillis(5), Duration.ofMillis(10));

  private final Freshet freshet = Freshet.open(new MemoryLogStore());
  private final Tenant tenant = freshet.tenant("acme");
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger loading = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void close() {
    freshet.close();
  }

  private Lease watch(Loader loader) {
    return watch(loader, QUICK);
  }

  private Lease watch(Loader loader, Pace pace) {
    return tenant.resources().watch(new Resource(ORDER, counted(loader), pace));
  }

  private Loader counted(Loader loader) {
    return before -> {
      most.accumulateAndGet(loading.incrementAndGet(), Math::max);
      try {
        loads.incrementAndGet();
        return loader.load(before);
      } finally {
        loading.decrementAndGet();
      }
    };
  }

  private static Loaded order(String status) {
    return Loaded.of(Map.of("status", status));
  }

  private static void await(Lease lease) throws Exception {
    lease.ready().get(10, TimeUnit.SECONDS);
  }

  private static void eventually(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) Thread.sleep(2);
  }

  private Optional<String> held() {
    return tenant
        .states()
        .get(ORDER)
        .map(TopicState::value)
        .map(value -> value.node().path("status").asString());
  }

  private List<Recorded> events() {
    return tenant.log().read(Filter.of("orders/7"), 0, Long.MAX_VALUE, 1000).events();
  }

  private List<String> types() {
    return events().stream().map(e -> e.event().type()).toList();
  }

  private boolean idle() {
    return tenant.resources().active().isEmpty();
  }

  @Test
  void watch_first_isReadyWhenTheStateIsThere() throws Exception {
    try (Lease lease = watch(before -> order("new"))) {
      await(lease);
      assertThat(held()).contains("new");
    }
  }

  @Test
  void watch_byMany_hasOneLoader() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      leases.add(
          watch(
              before -> {
                go.await();
                return order("new");
              },
              Pace.every(Duration.ofHours(1))));
    }
    go.countDown();
    for (Lease lease : leases) await(lease);
    assertThat(loads).hasValue(1);
    leases.forEach(Lease::close);
  }

  @Test
  void watch_byNobody_loadsNothingAndIsForgotten() throws Exception {
    Lease one = watch(before -> order("new"));
    Lease other = watch(before -> order("new"));
    await(one);
    one.close();
    one.close();
    int before = loads.get();
    eventually(() -> loads.get() > before + 2);
    other.close();
    eventually(this::idle);
    int then = loads.get();
    Thread.sleep(50);
    assertThat(loads).hasValue(then);
  }

  @Test
  void watch_withinTheLinger_doesNotLoadAgainBeforeItIsDue() throws Exception {
    Pace pace = Pace.every(Duration.ofHours(1)).linger(Duration.ofHours(1));
    Lease first = watch(before -> order("new"), pace);
    await(first);
    first.close();
    try (Lease again = watch(before -> order("other"), pace)) {
      await(again);
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void watch_withinTheLingerAndDue_isReadyAfterAFreshLoad() throws Exception {
    Pace pace = Pace.every(Duration.ofMillis(10)).linger(Duration.ofHours(1));
    Lease first = watch(before -> order("load " + loads), pace);
    await(first);
    first.close();
    eventually(() -> loading.get() == 0);
    Thread.sleep(30);
    int before = loads.get();
    try (Lease again = watch(b -> order("another loader"), pace)) {
      await(again);
      assertThat(loads.get()).isGreaterThan(before);
      assertThat(held().orElseThrow()).startsWith("load ");
    }
  }

  @Test
  void load_sameOrUnchanged_makesNoEvent_S5() throws Exception {
    Loader loader =
        before -> before.isPresent() && loads.get() % 2 == 0 ? Loaded.unchanged() : order("new");
    try (Lease lease = watch(loader)) {
      await(lease);
      eventually(() -> loads.get() > 6);
      assertThat(events()).hasSize(1);
    }
  }

  @Test
  void load_isGivenWhatWasLoadedBefore() throws Exception {
    BlockingQueue<Optional<Loaded.Value>> given = new LinkedBlockingQueue<>();
    Loader loader =
        before -> {
          given.add(before);
          return ((Loaded.Value) order("new")).tagged("v1");
        };
    try (Lease lease = watch(loader)) {
      await(lease);
      assertThat(given.take()).isEmpty();
      Loaded.Value before = given.take().orElseThrow();
      assertThat(before.tag()).contains("v1");
      assertThat(before.value().path("status").asString()).isEqualTo("new");
    }
  }

  @Test
  void load_terminal_endsTheTopicAndIsTheLast_U7() throws Exception {
    try (Subscription viewer = tenant.subscribe("orders/7");
        Lease lease = watch(b -> ((Loaded.Value) order("done")).ending())) {
      await(lease);
      List<Delivery> deliveries = new ArrayList<>();
      for (var next = viewer.next(); next.isPresent(); next = viewer.next())
        deliveries.add(next.get());
      assertThat(deliveries).last().isInstanceOf(Delivery.End.class);
      eventually(this::idle);
    }
    try (Lease later = watch(b -> order("never"))) {
      await(later);
      assertThat(held()).contains("done");
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void load_unchangedAndTerminal_endsTheTopic_U7() throws Exception {
    Loader loader = b -> b.isEmpty() ? order("done") : Loaded.unchanged().ending();
    try (Lease lease = watch(loader)) {
      await(lease);
      eventually(() -> tenant.states().get(ORDER).orElseThrow().ended());
      assertThat(held()).contains("done");
    }
  }

  @Test
  void load_gone_deletesAndEnds_U7() throws Exception {
    Loader loader = before -> before.isEmpty() ? order("new") : Loaded.gone();
    try (Lease lease = watch(loader)) {
      await(lease);
      eventually(() -> tenant.states().get(ORDER).orElseThrow().ended());
      assertThat(held()).isEmpty();
    }
  }

  @Test
  void load_ofWhatWasNeverThere_failsAndLeavesNoTrace() throws Exception {
    try (Lease lease = watch(before -> Loaded.gone())) {
      assertThatThrownBy(() -> await(lease))
          .isInstanceOf(ExecutionException.class)
          .satisfies(e ->
              assertThat(((LoadException) e.getCause()).code()).isEqualTo(LoadException.NOT_FOUND));
      eventually(this::idle);
    }
    assertThat(tenant.log().head().offset()).isZero();
    try (Lease now = watch(before -> order("made meanwhile"))) {
      await(now);
      assertThat(held()).contains("made meanwhile");
    }
  }

  @Test
  void load_failing_isShownAsStaleThenAsFresh() throws Exception {
    Loader loader =
        before ->
            switch (loads.get()) {
              case 1 -> order("new");
              case 2 -> throw new LoadException("upstream_down", "no route");
              case 3 -> throw new IllegalStateException("secret detail");
              default -> Loaded.unchanged();
            };
    try (Lease lease = watch(loader)) {
      await(lease);
      eventually(() -> types().contains(Resources.FRESH));
    }
    assertThat(types().subList(1, types().size()))
        .containsExactly(Resources.STALE, Resources.STALE, Resources.FRESH);
    var first = events().get(1).event().data().node();
    var second = events().get(2).event().data().node();
    assertThat(first.path("code").asString()).isEqualTo("upstream_down");
    assertThat(second.path("code").asString()).isEqualTo(LoadException.LOAD_FAILED);
    assertThat(second.path("since")).isEqualTo(first.path("since"));
    assertThat(second.path("retryAt").asString()).isNotEmpty();
    assertThat(events().toString()).doesNotContain("secret");
    assertThat(held()).contains("new");
  }

  @Test
  void load_failingAtFirst_answersTheViewerAndGoesOn() throws Exception {
    Loader loader =
        before -> {
          if (loads.get() == 1) throw new LoadException("upstream_down", "no route");
          return order("new");
        };
    try (Lease lease = watch(loader)) {
      assertThatThrownBy(() -> await(lease)).hasCauseInstanceOf(LoadException.class);
      eventually(() -> held().isPresent());
    }
  }

  @Test
  void load_succeedingAfterAnotherWatchWasStale_saysSo() throws Exception {
    Lease failing = watch(before -> order("new"));
    await(failing);
    failing.close();
    eventually(this::idle);
    Lease stale =
        watch(before -> {
          throw new LoadException("upstream_down", "no route");
        });
    eventually(() -> types().contains(Resources.STALE));
    stale.close();
    eventually(this::idle);
    try (Lease well = watch(before -> Loaded.unchanged())) {
      await(well);
      assertThat(types()).last().isEqualTo(Resources.FRESH);
    }
  }

  @Test
  void passing_isRemovedWhenNobodyWatches_andComesBack() throws Exception {
    Resource passing = new Resource(ORDER, before -> order("new"), QUICK).passing();
    for (int round = 0; round < 3; round++) {
      Lease lease = tenant.resources().watch(passing);
      await(lease);
      assertThat(held()).contains("new");
      lease.close();
      if (round < 2) eventually(() -> held().isEmpty());
    }
    eventually(this::idle);
    assertThat(held()).isEmpty();
  }

  @Test
  void passing_terminal_stays() throws Exception {
    Loader done = before -> ((Loaded.Value) order("done")).ending();
    try (Lease lease = tenant.resources().watch(new Resource(ORDER, done, QUICK).passing())) {
      await(lease);
    }
    eventually(this::idle);
    assertThat(held()).contains("done");
  }

  @Test
  void reload_loadsBeforeItIsDue_unlessLoadsFail() throws Exception {
    Pace slow = Pace.every(Duration.ofHours(1)).retry(Duration.ofHours(1), Duration.ofHours(1));
    Loader loader =
        before -> {
          if (loads.get() > 2) throw new LoadException("upstream_down", "no route");
          return order("load " + loads);
        };
    try (Lease lease = watch(loader, slow)) {
      await(lease);
      lease.reload().get(10, TimeUnit.SECONDS);
      assertThat(held()).contains("load 2");
      assertThatThrownBy(() -> lease.reload().get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(LoadException.class);
      assertThatThrownBy(() -> lease.reload().get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(LoadException.class);
      assertThat(loads).hasValue(3);
    }
  }

  @Test
  void close_whileLoading_interruptsTheLoader() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Lease lease =
        watch(before -> {
          begun.countDown();
          try {
            Thread.sleep(Duration.ofHours(1));
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return Loaded.gone();
        });
    begun.await();
    tenant.resources().close();
    interrupted.await();
    eventually(this::idle);
    assertThat(lease.ready()).isCompletedExceptionally();
    assertThatThrownBy(() -> watch(before -> order("late")))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Whatever the interleaving: one call at a time, and none once the last lease is closed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void watchAndClose_inAnyInterleaving_leaveNoLoader(long seed) throws Exception {
    Pace pace =
        Pace.every(Duration.ofNanos(200_000))
            .linger(Duration.ofNanos(seed % 2 == 0 ? 0 : 300_000))
            .retry(Duration.ofNanos(100_000), Duration.ofNanos(200_000));
    Loader loader =
        before -> {
          if (loads.get() % 5 == 0) throw new LoadException("upstream_down", "no route");
          return order("load " + loads.get() / 3);
        };
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      Random random = new Random(seed * 31 + t);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 60; i++) {
                  Lease lease = watch(loader, pace);
                  sleep(random.nextInt(600));
                  lease.close();
                  sleep(random.nextInt(600));
                }
              }));
    }
    for (Thread thread : threads) thread.join();
    eventually(this::idle);
    int then = loads.get();
    Thread.sleep(20);
    assertThat(loads).hasValue(then);
    assertThat(loading).hasValue(0);
    assertThat(most).hasValue(1);
    try (Lease after = watch(before -> order("after"), pace)) {
      eventually(() -> held().equals(Optional.of("after")));
      assertThat(after.ready()).isNotNull();
    }
  }

  private static void sleep(int micros) {
    try {
      Thread.sleep(Duration.ofNanos(micros * 1000L));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
