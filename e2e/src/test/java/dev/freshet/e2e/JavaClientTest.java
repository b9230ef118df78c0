package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.client.Cause;
import dev.freshet.client.Delivery;
import dev.freshet.client.Event;
import dev.freshet.client.FreshetClient;
import dev.freshet.client.ProblemException;
import dev.freshet.client.Published;
import dev.freshet.client.StateTopic;
import dev.freshet.client.StateValue;
import dev.freshet.client.SubscribeOptions;
import dev.freshet.client.Subscription;
import dev.freshet.client.TokenSource;
import dev.freshet.event.Json;
import dev.freshet.runtime.Action;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeStore;
import dev.freshet.runtime.Slice;
import dev.freshet.server.auth.Identity;
import dev.freshet.testkit.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Java client against the real server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JavaClientTest {
  private static final List<String> ALL = List.of("**");

  private final TestServer server = TestServer.start(Map.of("stream.retry", "100ms"));
  private final FreshetClient client = client(TokenSource.of(server.token("acme", "me", ALL, ALL)));

  private FreshetClient client(TokenSource tokens) {
    return FreshetClient.to(URI.create(server.url())).tokens(tokens).build();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  /** The next delivery of that kind. */
  private static <D extends Delivery> D next(Subscription subscription, Class<D> kind)
      throws InterruptedException {
    while (true) {
      Delivery delivery = subscription.next().orElseThrow();
      if (kind.isInstance(delivery)) return kind.cast(delivery);
    }
  }

  @Test
  void publish_withAKeySeenBefore_appendsNothing_L3() throws Exception {
    List<Event> batch = List.of(Event.of("a", "x", 1), Event.of("b", "x", 2));
    Published first = client.publish(batch, "k");
    Published again = client.publish(batch, "k");
    assertThat(first.duplicate()).isFalse();
    assertThat(again).isEqualTo(new Published(first.first(), first.position(), 2, true));
  }

  @Test
  void subscription_afterAPosition_getsWhatFollowsIt_U2() throws Exception {
    Published first = client.publish(Event.of("a", "x", 1));
    client.publish(Event.of("b", "x", 2));
    client.publish(Event.of("a", "x", Map.of("n", 3)));
    SubscribeOptions after = SubscribeOptions.topics("a").after(first.position());
    try (Subscription subscription = client.subscribe(after)) {
      Event event = next(subscription, Delivery.EventReceived.class).event();
      assertThat(event.data().path("n").intValue()).isEqualTo(3);
      assertThat(event.time()).isNotNull();
      next(subscription, Delivery.Live.class);
      assertThat(subscription.position()).isPresent();
    }
  }

  @Test
  void cause_hasThePayload_whereThePolicyShowsIt() throws Exception {
    Slice<Integer> shown =
        Slice.of("shown", Integer.class, 0).on("add", Integer.class, Math::addExact);
    Slice<Integer> hidden =
        Slice.of("hidden", Integer.class, 0).on("add", Integer.class, Math::addExact);
    RuntimeStore sums =
        server.freshet().tenant("acme").runtime(Runtime.of("sums", shown.showPayload(), hidden));
    try (Subscription subscription = client.subscribe(SubscribeOptions.topics("runtime/sums/**"))) {
      next(subscription, Delivery.Live.class);
      sums.dispatch(new Action("add", Json.from(7), "a-1"));
      for (int i = 0; i < 2; i++) {
        Delivery.StateChanged changed = next(subscription, Delivery.StateChanged.class);
        Cause cause = Objects.requireNonNull(changed.cause());
        assertThat(cause.type()).isEqualTo("add");
        assertThat(cause.id()).isEqualTo("a-1");
        if (changed.topic().endsWith("/shown"))
          assertThat(cause.payload()).isEqualTo(Json.from(7).node());
        else assertThat(cause.payload()).isNull();
      }
    }
  }

  @Test
  void subscription_fromTheEarliest_getsAll_U2() throws Exception {
    for (int n = 1; n <= 3; n++) client.publish(Event.of("a", "x", n));
    try (Subscription subscription =
        client.subscribe(SubscribeOptions.topics("**").after("earliest"))) {
      for (int n = 1; n <= 3; n++) {
        Event event = next(subscription, Delivery.EventReceived.class).event();
        assertThat(event.data().intValue()).isEqualTo(n);
      }
    }
  }

  @Test
  void states_written_areFollowedChangeByChange_S1() throws Exception {
    StateTopic state = client.state("orders/7");
    state.put(Map.of("status", "new", "items", List.of(1, 2, 3)));
    try (Subscription subscription = client.subscribe(SubscribeOptions.topics("orders/*"))) {
      assertThat(next(subscription, Delivery.StateChanged.class).version()).isEqualTo(1);
      next(subscription, Delivery.Live.class);
      state.ifMatch(1).cause("payment", "p-9").merge(Map.of("status", "paid"));
      Delivery.StateChanged paid = next(subscription, Delivery.StateChanged.class);
      assertThat(paid.value().path("status").asString()).isEqualTo("paid");
      assertThat(paid.cause()).extracting("type", "id").containsExactly("payment", "p-9");
      state.patch(List.of(Map.of("op", "remove", "path", "/items/1")));
      assertThat(next(subscription, Delivery.StateChanged.class).value().path("items").toString())
          .isEqualTo("[1,3]");
      assertThat(state.get()).contains(subscription.states().get("orders/7"));
      state.delete();
      assertThat(next(subscription, Delivery.StateRemoved.class).version()).isEqualTo(4);
      assertThat(subscription.states()).isEmpty();
      state.delete();
      assertThat(state.get()).isEmpty();
    }
  }

  @Test
  void write_ofAnOldVersion_isRefusedAndChangesNothing_S2() throws Exception {
    StateTopic state = client.state("orders/7");
    state.ifAbsent().put(1);
    state.ifMatch(1).put(2);
    assertThatThrownBy(() -> state.ifMatch(1).put(3))
        .isInstanceOfSatisfying(
            ProblemException.class, p -> assertThat(p.code()).isEqualTo("version_mismatch"));
    assertThat(state.get().map(StateValue::version)).contains(2L);
  }

  @Test
  void topic_ended_endsTheSubscription_U7() throws Exception {
    try (Subscription subscription = client.subscribe(SubscribeOptions.topics("jobs/1"))) {
      next(subscription, Delivery.Live.class);
      client.publish(Event.of("jobs/1", "job.done", null).ending());
      assertThat(next(subscription, Delivery.EventReceived.class).event().end()).isTrue();
      assertThat(next(subscription, Delivery.Ended.class).reason()).isEqualTo("completed");
      assertThat(subscription.next()).isEmpty();
    }
  }

  @Test
  void token_expiresMidStream_aFreshOneResumesWithoutLoss_A2() throws Exception {
    List<String> issued = new ArrayList<>();
    TokenSource tokens =
        new TokenSource() {
          @Override
          public String token() {
            return issued.isEmpty() ? refreshed("") : issued.getLast();
          }

          @Override
          public String refreshed(String refused) {
            Identity me = new Identity("acme", "me", ALL, List.of());
            Duration life = Duration.ofSeconds(issued.isEmpty() ? 2 : 60);
            issued.add(server.token(me, life));
            return issued.getLast();
          }
        };
    try (FreshetClient reader = client(tokens);
        Subscription subscription = reader.subscribe(SubscribeOptions.topics("a"))) {
      next(subscription, Delivery.Live.class);
      int n = 0;
      while (issued.size() < 2) {
        client.publish(Event.of("a", "x", ++n));
        assertThat(number(subscription)).isEqualTo(n);
      }
      client.publish(Event.of("a", "x", ++n));
      assertThat(number(subscription)).isEqualTo(n);
    }
  }

  private static int number(Subscription subscription) throws InterruptedException {
    return next(subscription, Delivery.EventReceived.class).event().data().intValue();
  }

  @Test
  void token_withoutTheGrant_isRefused_A1() {
    try (FreshetClient stranger =
        client(TokenSource.of(server.token("acme", "x", ALL, List.of())))) {
      assertThatThrownBy(() -> stranger.publish(Event.of("a", "x", 1)))
          .isInstanceOfSatisfying(
              ProblemException.class, p -> assertThat(p.code()).isEqualTo("forbidden"));
    }
  }
}
