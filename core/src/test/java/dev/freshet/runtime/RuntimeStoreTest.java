package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.Revision.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Actions, reducers, and what comes of them (PROTOCOL §8.6). */
class RuntimeStoreTest {
  record Item(String name, int count) {}

  record Cart(List<Item> items, int total) {
    static final Cart EMPTY = new Cart(List.of(), 0);

    Cart plus(Item item) {
      if (item.count() < 1) throw new ActionException.Refused("a cart takes at least one");
      List<Item> more = new ArrayList<>(items);
      more.add(item);
      return new Cart(more, total + item.count());
    }
  }

  private static final Slice<Cart> CART =
      Slice.of("cart", Cart.class, Cart.EMPTY)
          .allow("add", Item.class, Cart::plus)
          .on("paid", cart -> Cart.EMPTY)
          .on("reset", cart -> Cart.EMPTY)
          .showPayload();
  private static final Slice<Integer> ADDED =
      Slice.of("added", Integer.class, 0)
          .allow("add", Item.class, (count, item) -> count + 1)
          .allow("reset", count -> 0);
  private static final Slice<JsonNode> ANY =
      Slice.of("any", JsonNode.class, Json.NULL.node())
          .allow("set", JsonNode.class, (value, next) -> next);
  private static final Runtime SHOP = Runtime.of("shop", CART, ADDED, ANY);

  private final Freshet freshet = Freshet.open(new MemoryLogStore());
  private final Tenant tenant = freshet.tenant("acme");
  private final RuntimeStore shop = tenant.runtime(SHOP);

  @AfterEach
  void close() {
    freshet.close();
  }

  private List<Recorded> events() {
    return tenant.log().read(Filter.of("runtime/**"), 0, Long.MAX_VALUE, 1000).events();
  }

  private Recorded last() {
    return events().getLast();
  }

  private static Action add(String id, int count) {
    return new Action("add", Json.from(new Item("pen", count)), id);
  }

  @Test
  void store_isOpenedWithTheFirstValues_once() {
    assertThat(shop.get(CART)).isEqualTo(Cart.EMPTY);
    assertThat(events()).hasSize(3);
    shop.dispatch(add("1", 2));
    assertThat(tenant.runtime(SHOP).get(CART).total()).isEqualTo(2);
    assertThat(events()).hasSize(5);
  }

  @Test
  @DisplayName("S1: an action is one change event for each slice that it changes, in one commit")
  void dispatch_changesEachSlice_inOneCommit() {
    Dispatched done = shop.dispatch(add("1", 2));
    assertThat(done.changes())
        .containsExactly(new Dispatched.Change("cart", 2), new Dispatched.Change("added", 2));
    assertThat(done.duplicate()).isFalse();
    List<Recorded> changes = events().subList(3, 5);
    assertThat(changes.stream().map(r -> r.event().topic().path()))
        .containsExactly("runtime/shop/slices/cart", "runtime/shop/slices/added");
    assertThat(shop.get(CART)).isEqualTo(new Cart(List.of(new Item("pen", 2)), 2));
    assertThat(shop.get(ADDED)).isEqualTo(1);
  }

  @Test
  @DisplayName("S5: a slice that a reducer leaves as it was has no event")
  void dispatch_thatChangesNothing_appendsNothing() {
    assertThat(shop.dispatch(Action.of("reset")).changes()).isEmpty();
    assertThat(events()).hasSize(3);
  }

  @Test
  @DisplayName("L3: the same id changes nothing, and is answered as the first time")
  void dispatch_ofAnIdThatWasSeen_isAnsweredAsTheFirst() {
    Dispatched first = shop.dispatch(add("1", 2));
    shop.dispatch(add("2", 3));
    Dispatched again = shop.dispatch(add("1", 2));
    assertThat(again).isEqualTo(new Dispatched(first.changes(), true));
    assertThat(shop.get(CART).total()).isEqualTo(5);
    assertThatThrownBy(() -> shop.dispatch(new Action("paid", Json.NULL, "1")))
        .isInstanceOf(ActionException.IdUsed.class)
        .hasMessageContaining("'add'");
    assertThat(shop.accept(add("1", 2), "somebody").duplicate()).isFalse();
    assertThat(shop.accept(add("1", 2), "somebody else").duplicate()).isFalse();
    assertThat(shop.accept(add("1", 2), "somebody").duplicate()).isTrue();
  }

  @Test
  void accept_reachesOnlyReducersThatAllowIt() {
    assertThatThrownBy(() -> shop.accept(Action.of("paid"), "me"))
        .isInstanceOf(ActionException.Unknown.class);
    shop.dispatch(add("1", 2));
    assertThat(shop.accept(Action.of("reset"), "me").changes())
        .containsExactly(new Dispatched.Change("added", 3));
    assertThat(shop.get(CART).total()).isEqualTo(2);
  }

  @Test
  void dispatch_thatCannotBeDone_changesNothing() {
    assertThatThrownBy(() -> shop.dispatch(Action.of("nothing")))
        .isInstanceOf(ActionException.Unknown.class);
    assertThatThrownBy(() -> shop.dispatch(add("1", 0)))
        .isInstanceOf(ActionException.Refused.class)
        .hasMessage("a cart takes at least one");
    assertThatThrownBy(() -> shop.dispatch(Action.of("add", "no item")))
        .isInstanceOf(ActionException.Invalid.class);
    assertThatThrownBy(() -> shop.dispatch(Action.of("add")))
        .isInstanceOf(ActionException.Invalid.class);
    assertThat(events()).hasSize(3);
    assertThat(shop.dispatch(add("1", 1)).duplicate()).isFalse();
  }

  @Test
  void cause_hasThePayload_onlyWhereTheSliceShowsIt() {
    shop.dispatch(add("1", 2));
    List<Recorded> changes = events().subList(3, 5);
    assertThat(cause(changes.get(0)))
        .isEqualTo(new Revision.Cause("add", "1", Json.from(new Item("pen", 2))));
    assertThat(cause(changes.get(1))).isEqualTo(new Revision.Cause("add", "1"));
  }

  private static Revision.@Nullable Cause cause(Recorded recorded) {
    Revision revision = recorded.revision();
    return revision == null ? null : revision.cause();
  }

  @Test
  @DisplayName("S3: the value where the JSON type changes, on null, and where the patch is larger")
  void change_carriesTheValue_whereAPatchSaysNoMore() {
    String large = "x".repeat(200);
    assertThat(form("{\"a\":\"" + large + "\",\"b\":1}")).isEqualTo(Form.VALUE);
    assertThat(form("{\"a\":\"" + large + "\",\"b\":2}")).isEqualTo(Form.PATCH);
    assertThat(form("null")).isEqualTo(Form.VALUE);
    assertThat(form("{\"a\":\"" + large + "\"}")).isEqualTo(Form.VALUE);
    assertThat(form("[\"" + large + "\",1,2]")).isEqualTo(Form.VALUE);
    assertThat(form("[\"" + large + "\",1,2,3]")).isEqualTo(Form.PATCH);
    assertThat(form("\"" + large + "\"")).isEqualTo(Form.VALUE);
    assertThat(form("{\"b\":1}")).isEqualTo(Form.VALUE);
    assertThat(form("{\"b\":2}")).isEqualTo(Form.VALUE);
  }

  private Form form(String json) {
    shop.dispatch(Action.of("set", Json.parse(json).node()));
    assertThat(shop.get(ANY)).isEqualTo(Json.parse(json).node());
    return java.util.Objects.requireNonNull(last().revision()).form();
  }

  @Test
  void execution_isToldOnceHowItEnded() {
    Execution execution = shop.start("e1", "t1");
    execution.fail("no paper");
    execution.complete();
    shop.start("e1", "t1").complete();
    assertThat(events().stream().skip(3).map(r -> r.event().data().toString()))
        .containsExactly(
            "{\"status\":\"started\",\"executionId\":\"e1\",\"turnId\":\"t1\",\"error\":null}",
            "{\"status\":\"failed\",\"executionId\":\"e1\",\"turnId\":\"t1\",\"error\":\"no paper\"}");
    assertThat(last().event().topic()).isEqualTo(SHOP.executions());
    shop.start("e1", "t2").complete();
    assertThat(events()).hasSize(7);
  }

  @Test
  void customEvent_isOfTheRuntime_orOfASlice() {
    shop.publish("opened", 9);
    shop.publish(CART, "looked at", new Item("pen", 1));
    List<Recorded> told = events().subList(3, 5);
    assertThat(told.get(0).event().topic().path()).isEqualTo("runtime/shop/events");
    assertThat(told.get(1).event().topic().path()).isEqualTo("runtime/shop/events/cart");
    assertThat(told.get(1).event().data().node().path("slice").asString()).isEqualTo("cart");
    assertThat(told.get(1).event().data().node().at("/payload/name").asString()).isEqualTo("pen");
  }

  @Test
  @DisplayName("S2: stores of several programs on one log lose no action")
  void dispatch_fromManyStoresAtOnce_losesNothing() throws Exception {
    List<Callable<Void>> writers = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      RuntimeStore other =
          RuntimeStore.open(
              SHOP,
              tenant.log(),
              new dev.freshet.state.StateStore(
                  tenant.log(), tenant.clock(), dev.freshet.state.StateStore.Limits.DEFAULT),
              tenant.clock());
      writers.add(() -> {
        for (int i = 0; i < 25; i++) retried(other);
        return null;
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(writers)) done.get();
    }
    assertThat(shop.get(ADDED)).isEqualTo(100);
    assertThat(shop.get(CART).items()).hasSize(100);
  }

  /** An action keeps its id while it is tried again. */
  private static void retried(RuntimeStore store) {
    Action action = Action.of("add", new Item("pen", 1));
    while (true) {
      try {
        store.dispatch(action);
        return;
      } catch (dev.freshet.state.StateException.Contended again) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void names_thatAreNoSegments_areRefused() {
    assertThatThrownBy(() -> Runtime.of("a/b", CART)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Slice.of("*", Integer.class, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Runtime.of("shop", CART, CART))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CART.on("add", cart -> cart))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
