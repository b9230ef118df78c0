package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.runtime.Action;
import dev.freshet.runtime.ActionException;
import dev.freshet.runtime.Execution;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeStore;
import dev.freshet.runtime.Slice;
import dev.freshet.runtimes.Runtimes;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A program's runtimes over HTTP (PROTOCOL §8.6). */
class RuntimeTest {
  record Item(String name, int count) {}

  record Cart(List<Item> items, int total) {
    Cart plus(Item item) {
      if (item.count() > 99) throw new ActionException.Refused("a cart takes at most 99 of a kind");
      List<Item> more = new ArrayList<>(items);
      more.add(item);
      return new Cart(more, total + item.count());
    }
  }

  private static final Slice<Cart> CART =
      Slice.of("cart", Cart.class, new Cart(List.of(), 0))
          .allow("cart.add", Item.class, Cart::plus)
          .showPayload();
  private static final Slice<Integer> ADDED =
      Slice.of("added", Integer.class, 0).allow("cart.add", Item.class, (n, item) -> n + 1);
  private static final Slice<String> SECRET =
      Slice.of("secret", String.class, "hush").on("whisper", String.class, (was, now) -> now);
  private static final Runtime SHOP = Runtime.of("shop", CART, ADDED, SECRET);
  private static final Pattern ID = Pattern.compile("\nid: (\\S+)\n");

  private final TestServer server =
      TestServer.durable(
          Map.of("stream.heartbeat", "1s"),
          new Runtimes()
              .register(SHOP)
              .register(Runtime.of("other", Slice.of("n", Integer.class, 1))));
  private final String all = token("all", "runtime/**");
  private final TestClient client = server.client(all);

  private String token(String subject, String... patterns) {
    return server.token("acme", subject, List.of(patterns), List.of(patterns));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RuntimeStore shop() {
    return server.freshet().tenant("acme").runtime(SHOP);
  }

  private RawConnection watch(String token, String query, String... headers) throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    String extra = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
    return raw.head(
        "GET /events" + query + " HTTP/1.1", "Host: x", "Authorization: Bearer " + token + extra);
  }

  private static String add(String id, int count) {
    return "{\"type\":\"cart.add\",\"id\":\"%s\",\"payload\":{\"name\":\"pen\",\"count\":%d}}"
        .formatted(id, count);
  }

  @Test
  @DisplayName("U1: a stream begins with all slices in one frame, and goes on with their changes")
  void stream_beginsWithTheSlices_andFollowsThem() throws IOException {
    try (RawConnection raw = watch(all, "?slices=added,cart")) {
      String begin = raw.readUntil("event: stream.live");
      assertThat(begin)
          .contains(
              "event: state.initial\ndata: {\"slices\":{\"added\":0,"
                  + "\"cart\":{\"items\":[],\"total\":0}},\"versions\":{\"added\":1,\"cart\":1},"
                  + "\"timestamp\":\"")
          .doesNotContain("hush");
      var done = client.post("/runtime/actions", add("a-1", 2));
      assertThat(json(done).toString())
          .isEqualTo(
              "{\"id\":\"a-1\",\"changes\":[{\"slice\":\"cart\",\"version\":2},"
                  + "{\"slice\":\"added\",\"version\":2}],\"duplicate\":false}");
      String changes = raw.readUntil("\"slice\":\"added\"") + raw.readUntil("\n\n");
      assertThat(changes)
          .contains("data: {\"slice\":\"cart\",\"version\":2,\"base\":1,")
          .contains(
              "\"cause\":{\"type\":\"cart.add\",\"id\":\"a-1\",\"payload\":{\"name\":\"pen\",\"count\":2}}")
          .contains("\"cause\":{\"type\":\"cart.add\",\"id\":\"a-1\"},\"timestamp\"");
    }
  }

  @Test
  void events_andExecutions_comeAsTheyHappen() throws IOException {
    try (RawConnection raw = watch(all, "?slices=cart")) {
      raw.readUntil("event: stream.live");
      Execution execution = shop().start("e-1", "t-1");
      shop().publish(ADDED, "not selected", 1);
      shop().publish("sale", Map.of("percent", 10));
      shop().publish(CART, "looked at", 1);
      execution.fail("no paper");
      String told = raw.readUntil("no paper");
      assertThat(told)
          .contains(
              "event: execution.status\nid: ",
              "{\"status\":\"started\",\"executionId\":\"e-1\",\"turnId\":\"t-1\",\"error\":null}",
              "event: custom-event\nid: ",
              "{\"name\":\"sale\",\"payload\":{\"percent\":10},\"timestamp\":\"",
              "{\"name\":\"looked at\",\"slice\":\"cart\",\"payload\":1,")
          .doesNotContain("not selected");
      assertThat(raw.readUntil("event: heartbeat\nid: ")).isNotEmpty();
    }
  }

  @Test
  @DisplayName("A1: grants hold for snapshot, live, replay and custom events alike")
  void whatMayNotBeRead_leavesNoTrace() throws IOException {
    String some = token("some", "runtime/shop/slices/cart");
    String position;
    try (RawConnection raw = watch(some, "")) {
      String begin = raw.readUntil("event: stream.live\nid: ") + raw.readUntil("\n\n");
      assertThat(begin).contains("\"cart\"").doesNotContain("hush", "added");
      position = last(begin);
      noise();
      String live = raw.readUntil("\"id\":\"a-1\"");
      assertThat(live).doesNotContain("louder", "added", "sale", "execution");
    }
    try (RawConnection raw = watch(some, "", "Last-Event-ID: " + position)) {
      String replay = raw.readUntil("event: stream.live");
      assertThat(replay)
          .contains("\"resumed\":true", "\"id\":\"a-1\"")
          .doesNotContain("louder", "added", "sale", "execution", "state.initial");
    }
    TestClient limited = server.client(some);
    assertThat(limited.get("/events?slices=secret").statusCode()).isEqualTo(404);
    assertThat(limited.get("/events?slices=secret").body().replace("secret", "nothing"))
        .isEqualTo(limited.get("/events?slices=nothing").body());
    assertThat(limited.get("/events?runtime=other").body().replace("other", "none"))
        .isEqualTo(limited.get("/events?runtime=none").body());
    assertThat(limited.get("/events?runtime=freshet").statusCode()).isEqualTo(404);
    assertThat(server.stranger().get("/events").statusCode()).isEqualTo(401);
  }

  private void noise() {
    shop().dispatch(Action.of("whisper", "louder"));
    shop().publish("sale", 1);
    shop().publish(SECRET, "sale", 1);
    shop().start("e-1", "t-1").complete();
    client.post("/runtime/actions", add("a-1", 1));
  }

  private static String last(String frames) {
    Matcher ids = ID.matcher(frames + "\n");
    String last = "";
    while (ids.find()) last = ids.group(1);
    return last;
  }

  @Test
  void actions_areDone_whereReducersAndGrantsAllow() {
    var whisper = client.post("/runtime/actions", "{\"type\":\"whisper\",\"payload\":\"x\"}");
    assertThat(whisper.statusCode()).isEqualTo(422);
    assertThat(shop().get(SECRET)).isEqualTo("hush");
    var wrong = client.post("/runtime/actions", "{\"type\":\"cart.add\",\"payload\":[]}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(json(wrong).at("/errors/0/pointer").asString()).isEqualTo("/payload");
    assertThat(code(client.post("/runtime/actions", "{\"payload\":1}")))
        .isEqualTo("invalid_request");
    var refused = client.post("/runtime/actions", add("a-1", 100));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("action_refused");
    assertThat(refused.body()).contains("at most 99");
    var elsewhere = client.post("/runtime/actions", "{\"type\":\"x\",\"runtime\":\"none\"}");
    assertThat(elsewhere.statusCode()).isEqualTo(404);
    assertThat(client.put("/v1/state/runtime/shop/slices/cart", "{}").statusCode()).isEqualTo(409);
    assertThat(shop().get(ADDED)).isZero();
  }

  @Test
  void actions_needAGrantForEverySlice_thatTheyChange() {
    List<String> cart = List.of("runtime/shop/slices/cart");
    TestClient reader = server.client(server.token("acme", "r", List.of("runtime/**"), cart));
    assertThat(reader.post("/runtime/actions", add("a-1", 1)).statusCode()).isEqualTo(403);
    TestClient narrow = server.client(server.token("acme", "n", cart, cart));
    assertThat(narrow.post("/runtime/actions", add("a-1", 1)).statusCode()).isEqualTo(404);
    TestClient nobody = server.client(token("nobody", "elsewhere/**"));
    assertThat(nobody.post("/runtime/actions", add("a-1", 1)).statusCode()).isEqualTo(404);
    assertThat(shop().get(ADDED)).isZero();
    TestClient writer = server.client(server.token("acme", "w", cart, List.of("runtime/**")));
    assertThat(json(writer.post("/runtime/actions", add("a-1", 1))).path("changes").toString())
        .isEqualTo("[{\"slice\":\"cart\",\"version\":2}]");
  }

  @Test
  @DisplayName("L3: an id counts once for each subject, also after the server was killed")
  void action_withAnIdThatWasSeen_isAnsweredAsTheFirst() {
    JsonNode first = json(client.post("/runtime/actions", add("a-1", 1)));
    server.kill();
    server.begin();
    JsonNode again = json(client.post("/runtime/actions", add("a-1", 1)));
    assertThat(again.path("duplicate").asBoolean()).isTrue();
    assertThat(again.path("changes")).isEqualTo(first.path("changes"));
    assertThat(shop().get(ADDED)).isEqualTo(1);
    TestClient other = server.client(token("another", "runtime/**"));
    assertThat(json(other.post("/runtime/actions", add("a-1", 1))).path("duplicate").asBoolean())
        .isFalse();
    assertThat(shop().get(ADDED)).isEqualTo(2);
  }

  @Test
  @DisplayName("U2: a viewer that was cut off goes on where it was, also after a kill")
  void viewer_cutOff_resumes() throws IOException {
    String position;
    try (RawConnection raw = watch(all, "?slices=added")) {
      raw.readUntil("event: stream.live");
      client.post("/runtime/actions", add("a-1", 1));
      position = last(raw.readUntil("\"version\":2") + raw.readUntil("\n\n"));
      server.kill();
    }
    server.begin();
    shop().dispatch(new Action("cart.add", Json.from(new Item("pen", 1)), "a-2"));
    try (RawConnection raw = watch(all, "?slices=added", "Last-Event-ID: " + position)) {
      assertThat(raw.readUntil("event: stream.live"))
          .contains("\"resumed\":true", "\"version\":3,\"base\":2,\"value\":2")
          .doesNotContain("state.initial", "\"version\":2,");
    }
    try (RawConnection raw = watch(all, "?slices=added", "Last-Event-ID: nonsense")) {
      assertThat(raw.readUntil("event: stream.live"))
          .contains("{\"reason\":\"malformed\"}", "state.initial", "\"versions\":{\"added\":3}");
    }
  }

  @Test
  @DisplayName("U1: under load the slices of a snapshot are at one position")
  void snapshot_underLoad_isOfOnePosition() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    RuntimeStore shop = shop();
    Thread load =
        Thread.ofVirtual()
            .start(() -> {
              while (!over.get()) shop.dispatch(Action.of("cart.add", new Item("pen", 1)));
            });
    try {
      for (int i = 0; i < 15; i++) {
        try (RawConnection raw = watch(all, "?slices=cart,added")) {
          raw.readUntil("event: state.initial\ndata: ");
          JsonNode slices = Json.parse(raw.readUntil("\n").strip()).node().path("slices");
          int added = slices.path("added").asInt();
          assertThat(slices.at("/cart/total").asInt()).isEqualTo(added);
          assertThat(slices.at("/cart/items").size()).isEqualTo(added);
          assertThat(raw.readUntil("\"slice\":\"added\"") + raw.readUntil("\n\n"))
              .contains("\"value\":" + (added + 1) + ",");
        }
      }
    } finally {
      over.set(true);
      load.join();
    }
  }

  /** Two tenants with subjects, action ids and topics of the same names, on every route. */
  @Test
  @DisplayName("A1: tenants that hammer each other's ids, positions and topics get nothing")
  void tenants_hammeringEachOther_getNothing() throws Exception {
    List<String> positions = new CopyOnWriteArrayList<>(List.of("earliest", "nonsense"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> hammers = new ArrayList<>();
      for (String tenant : List.of("acme", "rival"))
        hammers.add(threads.submit(() -> hammer(tenant, positions)));
      for (Future<Integer> hammer : hammers) assertThat(hammer.get()).isPositive();
    }
    assertThat(positions.size()).isGreaterThan(20);
  }

  private int hammer(String tenant, List<String> positions) {
    String other = tenant.equals("acme") ? "rival" : "acme";
    List<String> shop = List.of("runtime/**");
    TestClient tenants = server.client(server.token(tenant, "all", shop, shop));
    RuntimeStore store = server.freshet().tenant(tenant).runtime(SHOP);
    Random random = new Random(tenant.hashCode());
    Set<String> used = new HashSet<>();
    for (int i = 0; i < 150; i++) {
      String after = positions.get(random.nextInt(positions.size()));
      String id = "a-" + random.nextInt(40);
      var done = tenants.post("/runtime/actions", add(id, 1).replace("pen", tenant + "-pen"));
      assertThat(json(done).path("duplicate").asBoolean()).isEqualTo(!used.add(id));
      store.publish("sale", tenant + "-sale");
      for (String path :
          List.of(
              "/events?after=" + after,
              "/events?slices=cart&after=" + after,
              "/v1/stream?topic=runtime/**&after=" + after,
              "/v1/stream?topic=runtime/shop/slices/cart",
              "/v1/state/runtime/shop/slices/cart")) {
        var answer = tenants.get(path, "Accept", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).as(path).doesNotContain(other + "-");
        String position = json(answer).path("position").asString("");
        if (!position.isEmpty() && random.nextInt(5) == 0) positions.add(position);
      }
      assertThat(code(tenants.put("/v1/state/runtime/shop/slices/added", "0")))
          .isEqualTo("topic_owned");
    }
    assertThat(store.get(CART).total()).isEqualTo(used.size());
    assertThat(store.get(CART).items()).allMatch(item -> item.name().equals(tenant + "-pen"));
    return used.size();
  }

  @Test
  void page_beginsWithTheSlices_andGoesOn() {
    String json = "application/json";
    JsonNode first = json(client.get("/events?slices=added", "Accept", json));
    assertThat(first.at("/events/0/type").asString()).isEqualTo("state.initial");
    assertThat(first.at("/events/0/data/slices").toString()).isEqualTo("{\"added\":0}");
    client.post("/runtime/actions", add("a-1", 1));
    String after = first.path("position").asString();
    JsonNode next = json(client.get("/events?slices=added&after=" + after, "Accept", json));
    assertThat(next.at("/events/0/type").asString()).isEqualTo("state.update");
    assertThat(next.at("/events/0/data/value").asInt()).isEqualTo(1);
  }

  @Test
  void answers_areAsDescribed() {
    Description description = new Description(server.stranger().get("/openapi.json").body());
    description.check("dispatchAction", client.post("/runtime/actions", add("a-1", 1)));
    description.check("dispatchAction", client.post("/runtime/actions", add("a-2", 100)));
    description.check("dispatchAction", client.post("/runtime/actions", "{}"));
    description.check("dispatchAction", server.stranger().post("/runtime/actions", "{}"));
    description.check("watchRuntime", client.get("/events", "Accept", "application/json"));
    description.check("watchRuntime", client.get("/events?slices=none"));
    description.check("watchRuntime", client.get("/events", "Accept", "text/html"));
  }
}
