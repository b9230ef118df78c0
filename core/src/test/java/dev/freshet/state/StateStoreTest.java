package dev.freshet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Event;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.LogException;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.Revision.Form;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class StateStoreTest {
  private static final Topic TOPIC = Topic.of("orders/7");
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00.123456Z");
  private static final String LONG = "x".repeat(200);

  private final MemoryLogStore logs = new MemoryLogStore();
  private final EventLog log = logs.log("t");
  private final StateStore store = store(StateStore.Limits.DEFAULT);

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void put_ofAFirstValue_isAnEventWithTheValue_S1() {
    Written written = put("{'status':'new'}");
    assertThat(written).isEqualTo(new Written(TOPIC, 1, log.head(), true, true));
    Recorded event = newest();
    assertThat(event.event())
        .isEqualTo(
            new Event(
                TOPIC,
                EventTypes.STATE_UPDATE,
                NOW.truncatedTo(ChronoUnit.MILLIS),
                json("{'status':'new'}"),
                false));
    assertThat(event.revision()).isEqualTo(new Revision(1, 0, Form.VALUE, null));
    assertThat(store.get(TOPIC).orElseThrow().value()).isEqualTo(json("{'status':'new'}"));
  }

  @Test
  void put_ofASmallChange_isAPatch_S3() {
    put("{'status':'new','note':'" + LONG + "'}");
    assertThat(put("{'note':'" + LONG + "','status':'paid'}"))
        .extracting(Written::version)
        .isEqualTo(2L);
    assertThat(newest().revision()).isEqualTo(new Revision(2, 1, Form.PATCH, null));
    assertThat(newest().event().data())
        .isEqualTo(json("[{'op':'replace','path':'/status','value':'paid'}]"));
  }

  @Test
  void put_whosePatchWouldBeLonger_isTheValue_S3() {
    put("{'a':1,'b':2}");
    put("{'a':2,'b':1}");
    assertThat(newest().revision()).isEqualTo(new Revision(2, 1, Form.VALUE, null));
    assertThat(newest().event().data()).isEqualTo(json("{'a':2,'b':1}"));
  }

  @Test
  void put_whoseDiffCostsTooMuch_isTheValue_S3() {
    StateStore thrifty = store(new StateStore.Limits(1 << 20, 128, 10, 3));
    thrifty.put(TOPIC, node("{'a':1,'b':2,'c':3,'note':'" + LONG + "'}"), WriteOptions.NONE);
    thrifty.put(TOPIC, node("{'a':1,'b':2,'c':4,'note':'" + LONG + "'}"), WriteOptions.NONE);
    assertThat(newest().revision().form()).isEqualTo(Form.VALUE);
  }

  @Test
  void put_askedForTheWhole_isTheValue_S3() {
    put("{'status':'new','note':'" + LONG + "'}");
    store.put(
        TOPIC, node("{'status':'paid','note':'" + LONG + "'}"), WriteOptions.NONE.wholeValue());
    assertThat(newest().revision().form()).isEqualTo(Form.VALUE);
  }

  @Test
  void write_thatChangesNothing_makesNoEvent_S5() {
    Written first = put("{'a':1,'b':[1.0,null]}");
    Written unchanged = new Written(TOPIC, 1, first.position(), false, false);
    assertThat(put("{'a':1,'b':[1.0,null]}")).isEqualTo(unchanged);
    assertThat(put("{'b':[1.0,null],'a':1}")).as("order of members").isEqualTo(unchanged);
    assertThat(store.patch(TOPIC, node("[]"), WriteOptions.NONE)).isEqualTo(unchanged);
    assertThat(
            store.patch(TOPIC, node("[{'op':'test','path':'/a','value':1.0}]"), WriteOptions.NONE))
        .isEqualTo(unchanged);
    assertThat(store.merge(TOPIC, node("{'c':null}"), WriteOptions.NONE)).isEqualTo(unchanged);
    assertThat(log.head()).isEqualTo(first.position());
    assertThat(put("{'a':1.0,'b':[1.0,null]}").changed()).as("1 became 1.0").isTrue();
  }

  @Test
  void delete_ofAValue_goesOnWithTheVersion_S2() {
    put("{'a':1}");
    assertThat(store.delete(TOPIC, WriteOptions.NONE))
        .isEqualTo(new Written(TOPIC, 2, log.head(), true, false));
    assertThat(newest().event().type()).isEqualTo(EventTypes.STATE_DELETE);
    assertThat(newest().revision()).isEqualTo(new Revision(2, 1, Form.DELETION, null));
    assertThat(store.delete(TOPIC, WriteOptions.NONE))
        .isEqualTo(new Written(TOPIC, 2, log.head(), false, false));
    assertThat(put("{'a':1}")).isEqualTo(new Written(TOPIC, 3, log.head(), true, true));
  }

  @Test
  void delete_ofNothing_makesNoEvent_S5() {
    Written written = store.delete(TOPIC, WriteOptions.NONE);
    assertThat(written.version()).isZero();
    assertThat(written.position().offset()).isZero();
    assertThat(log.head().offset()).isZero();
  }

  @Test
  void write_whoseDemandIsNotMet_changesNothing_S2() {
    put("1");
    put("2");
    assertFails(Precondition.version(1), 2);
    assertFails(Precondition.ABSENT, 2);
    store.put(TOPIC, node("3"), WriteOptions.NONE.precondition(Precondition.version(2)));
    store.delete(TOPIC, WriteOptions.NONE.precondition(Precondition.version(3)));
    assertFails(Precondition.version(3), 4);
    store.put(TOPIC, node("4"), WriteOptions.NONE.precondition(Precondition.ABSENT));
    assertThat(store.get(TOPIC).orElseThrow().version()).isEqualTo(5);
  }

  private void assertFails(Precondition precondition, long current) {
    long head = log.head().offset();
    WriteOptions options = WriteOptions.NONE.precondition(precondition);
    assertThatThrownBy(() -> store.put(TOPIC, node("9"), options))
        .isInstanceOfSatisfying(
            StateException.PreconditionFailed.class,
            e -> assertThat(e.current()).isEqualTo(current))
        .hasMessageContaining("state 'orders/7' has version " + current);
    assertThatThrownBy(() -> store.delete(TOPIC, options))
        .isInstanceOf(StateException.PreconditionFailed.class);
    assertThat(log.head().offset()).isEqualTo(head);
  }

  @Test
  void patch_ofAValue_isStoredWithItsResult_S1() {
    put("{'items':[1,2],'note':'" + LONG + "'}");
    Written written =
        store.patch(
            TOPIC,
            node(
                "[{'op':'move','from':'/items/0','path':'/items/1'},{'op':'copy','from':'/items','path':'/more'}]"),
            WriteOptions.NONE);
    assertThat(written.version()).isEqualTo(2);
    assertThat(store.get(TOPIC).orElseThrow().value())
        .isEqualTo(json("{'items':[2,1],'note':'" + LONG + "','more':[2,1]}"));
    new Replica(log).check();
  }

  @Test
  void patch_thatFails_changesNothing() {
    put("{'a':1}");
    assertThatThrownBy(() ->
            store.patch(
                TOPIC,
                node("[{'op':'remove','path':'/a'},{'op':'remove','path':'/a'}]"),
                WriteOptions.NONE))
        .isInstanceOf(PatchException.class)
        .hasMessage("operation 1 at '/a': there is no 'a'");
    assertThat(store.get(TOPIC).orElseThrow().value()).isEqualTo(json("{'a':1}"));
  }

  @Test
  void patch_ofNothing_isMissing() {
    assertThatThrownBy(() -> store.patch(TOPIC, node("[]"), WriteOptions.NONE))
        .isInstanceOf(StateException.StateMissing.class);
    assertThatThrownBy(() -> store.merge(TOPIC, node("{}"), WriteOptions.NONE))
        .isInstanceOf(StateException.StateMissing.class)
        .hasMessage("topic 'orders/7' holds no state to patch; put one first");
  }

  @Test
  void merge_ofAValue_changesIt() {
    put("{'a':1,'b':{'c':2,'d':3},'note':'" + LONG + "'}");
    store.merge(TOPIC, node("{'a':null,'b':{'c':4}}"), WriteOptions.NONE);
    assertThat(newest().event().data())
        .isEqualTo(json("[{'op':'remove','path':'/a'},{'op':'replace','path':'/b/c','value':4}]"));
  }

  @Test
  void cause_named_isInTheRevision() {
    var cause = new Revision.Cause("payment", "p-9");
    store.put(TOPIC, node("1"), WriteOptions.NONE.cause(cause));
    assertThat(newest().revision().cause()).isEqualTo(cause);
  }

  @Test
  void end_withAChange_isTheLast_U7() {
    store.put(TOPIC, node("1"), WriteOptions.NONE.ending());
    assertThat(newest().event().end()).isTrue();
    assertThat(store.get(TOPIC).orElseThrow().ended()).isTrue();
    assertThatThrownBy(() -> put("2")).isInstanceOf(LogException.TopicEnded.class);
    assertThatThrownBy(() -> store.delete(TOPIC, WriteOptions.NONE))
        .isInstanceOf(LogException.TopicEnded.class);
    assertThat(put("1").changed()).as("what is so already").isFalse();
    assertThat(store.put(TOPIC, node("1"), WriteOptions.NONE.ending()).changed()).isFalse();
  }

  @Test
  void endedTopic_isDeletedByWhoEndsItAgain_U7() {
    store.put(TOPIC, node("1"), WriteOptions.NONE.ending());
    Written written = store.delete(TOPIC, WriteOptions.NONE.ending());
    assertThat(written).isEqualTo(new Written(TOPIC, 2, log.head(), true, false));
    assertThat(newest().event().end()).isTrue();
    assertThatThrownBy(() -> put("2")).isInstanceOf(LogException.TopicEnded.class);
    new Replica(log).check();
  }

  @Test
  void end_withoutAChange_isAnEmptyPatch_U7() {
    put("{'a':1}");
    Written written = store.put(TOPIC, node("{'a':1}"), WriteOptions.NONE.ending());
    assertThat(written).isEqualTo(new Written(TOPIC, 2, log.head(), true, false));
    assertThat(newest().event().end()).isTrue();
    assertThat(newest().event().data()).isEqualTo(json("[]"));
    assertThat(newest().revision()).isEqualTo(new Revision(2, 1, Form.PATCH, null));
  }

  @Test
  void end_ofATopicWithoutValue_isADeletion_U7() {
    Written written = store.delete(TOPIC, WriteOptions.NONE.ending());
    assertThat(written).isEqualTo(new Written(TOPIC, 1, log.head(), true, false));
    assertThat(newest().event().end()).isTrue();
    assertThat(store.delete(TOPIC, WriteOptions.NONE.ending()).changed()).isFalse();
    new Replica(log).check();
  }

  @Test
  void value_pastALimit_isRefused_R1() {
    StateStore small = store(new StateStore.Limits(20, 3, 2, 1_000));
    assertThatThrownBy(() -> small.put(TOPIC, node("'" + "é".repeat(10) + "'"), WriteOptions.NONE))
        .isInstanceOf(StateException.ValueTooLarge.class)
        .hasMessage(
            "state 'orders/7' would have 22 bytes; at most 20: split it over several topics");
    assertThatThrownBy(() -> small.put(TOPIC, node("[[[[]]]]"), WriteOptions.NONE))
        .isInstanceOf(StateException.ValueInvalid.class)
        .hasMessageContaining("nested deeper than 3 levels");
    small.put(TOPIC, node("[[[1]]]"), WriteOptions.NONE);
    assertThatThrownBy(() -> small.patch(TOPIC, node("[{},{},{}]"), WriteOptions.NONE))
        .isInstanceOf(PatchException.class)
        .hasMessageContaining("at most 2");
    assertThatThrownBy(() ->
            small.patch(
                TOPIC,
                node("[{'op':'add','path':'/-','value':'123456789012345'}]"),
                WriteOptions.NONE))
        .isInstanceOf(StateException.ValueTooLarge.class);
    assertThat(log.head().offset()).isEqualTo(1);
  }

  @Test
  void event_pastTheLimit_isRefused_withAllOfItsCommit_R1() {
    StateStore small = store(new StateStore.Limits(20, 3, 2, 1_000));
    Event event = Event.of(TOPIC, "line", Instant.EPOCH, Json.of(node("'" + "é".repeat(10) + "'")));
    assertThatThrownBy(() -> small.commit(c -> c.put(TOPIC, node("1")).publish(event)))
        .isInstanceOf(StateException.ValueTooLarge.class)
        .hasMessage("an event of 'orders/7' would have 22 bytes of data; at most 20: make several");
    assertThat(log.head().offset()).isZero();
  }

  @Test
  void value_thatJsonTextCannotCarry_isRefused() {
    JsonNode halfACharacter = JsonNodeFactory.instance.objectNode().put("\uD83D", 1);
    assertThatThrownBy(() -> store.put(TOPIC, halfACharacter, WriteOptions.NONE))
        .isInstanceOf(StateException.ValueInvalid.class);
  }

  @Test
  void value_changedByTheCallerAfterwards_isAsItWasWritten() {
    var value = JsonNodeFactory.instance.objectNode().put("a", 1).put("note", LONG);
    store.put(TOPIC, value, WriteOptions.NONE);
    value.put("a", 2);
    assertThat(store.put(TOPIC, value, WriteOptions.NONE).changed()).isTrue();
    new Replica(log).check();
  }

  @Test
  void limits_outOfRange_areRefused_R2() {
    assertThatThrownBy(() -> new StateStore.Limits(1, 481, 1, 1))
        .hasMessageContaining("1 to 480; it is 481");
    assertThatThrownBy(() -> new StateStore.Limits(0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Written put(String value) {
    return store.put(TOPIC, node(value), WriteOptions.NONE);
  }

  private Recorded newest() {
    return Replica.events(log).getLast();
  }

  private StateStore store(StateStore.Limits limits) {
    return new StateStore(log, InstantSource.fixed(NOW), limits);
  }

  private static Json json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  private static JsonNode node(String text) {
    return json(text).node();
  }
}
