package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.Appended;
import dev.freshet.log.EventLog;
import dev.freshet.log.MemoryLogStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A write that is repeated with its key is done once, and answered alike (L3). */
class StateStoreKeyTest {
  private static final Topic TOPIC = Topic.of("orders/7");
  private static final WriteOptions KEY = WriteOptions.NONE.key("k-1");

  private final MemoryLogStore logs = new MemoryLogStore();
  private final EventLog log = logs.log("t");
  private final StateStore store =
      new StateStore(log, InstantSource.system(), StateStore.Limits.DEFAULT);

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void put_repeated_isAnsweredAsTheFirst_L3() {
    Written first = store.put(TOPIC, node("1"), KEY);
    assertRepeated(first, store.put(TOPIC, node("1"), KEY));
    store.put(TOPIC, node("2"), WriteOptions.NONE);
    assertRepeated(first, store.put(TOPIC, node("1"), KEY));
    assertThat(store.get(TOPIC).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void patch_thatOnlyFitsOnce_isAnsweredAsTheFirst_L3() {
    store.put(TOPIC, node("{\"a\":1}"), WriteOptions.NONE);
    JsonNode patch = node("[{\"op\":\"remove\",\"path\":\"/a\"}]");
    Written first = store.patch(TOPIC, patch, KEY);
    assertRepeated(first, store.patch(TOPIC, patch, KEY));
    assertThatThrownBy(() -> store.patch(TOPIC, patch, KEY.key("k-2")))
        .isInstanceOf(PatchException.class);
  }

  @Test
  void put_whoseDemandItsFirstMet_isAnsweredAsTheFirst_L3() {
    WriteOptions options = KEY.precondition(Precondition.ABSENT);
    Written first = store.put(TOPIC, node("1"), options);
    assertRepeated(first, store.put(TOPIC, node("1"), options));
    assertThatThrownBy(() -> store.put(TOPIC, node("1"), options.key("k-2")))
        .isInstanceOf(StateException.PreconditionFailed.class);
  }

  @Test
  void put_thatEndedItsTopic_isAnsweredAsTheFirst_L3() {
    Written first = store.put(TOPIC, node("1"), KEY.ending());
    assertRepeated(first, store.put(TOPIC, node("1"), KEY.ending()));
    assertRepeated(first, store.put(TOPIC, node("2"), KEY.ending()));
  }

  @Test
  void put_ofAKeySeenElsewhere_changesNothing_L3() {
    store.put(Topic.of("other"), node("1"), KEY);
    Written written = store.put(TOPIC, node("1"), KEY);
    assertThat(written.changed()).isFalse();
    assertThat(written.version()).isZero();
    assertThat(store.get(TOPIC)).isEmpty();
  }

  @Test
  void commit_repeated_appendsNothing_L3() {
    Appended first = append().orElseThrow();
    Appended second = append().orElseThrow();
    assertThat(first.duplicate()).isFalse();
    assertThat(second).isEqualTo(new Appended(first.first(), first.last(), true));
    assertThat(store.get(TOPIC).orElseThrow().value()).hasToString("1");
  }

  private Optional<Appended> append() {
    return store.commit(c ->
        c.key("k-1")
            .update(TOPIC, v -> Json.MAPPER.valueToTree(v.asInt(0) + 1))
            .publish(Event.of(TOPIC, "order.created", Instant.EPOCH, Json.NULL)));
  }

  private void assertRepeated(Written first, Written second) {
    assertThat(first.changed()).isTrue();
    assertThat(second)
        .isEqualTo(new Written(TOPIC, first.version(), first.position(), false, false));
  }

  private static JsonNode node(String text) {
    return Json.parse(text).node();
  }
}
