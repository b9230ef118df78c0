package dev.freshet.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Json;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import dev.freshet.runtime.Action;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeRepresentation;
import dev.freshet.runtime.RuntimeStore;
import dev.freshet.runtime.Slice;
import dev.freshet.schemas.PayloadSchema;
import dev.freshet.view.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a runtime sends is what its schema says, and the clients' types with it. */
class RuntimeSchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/freshet/runtimes/events.schema.json");
  private static final Map<String, Class<?>> PAYLOADS =
      Map.of(
          EventTypes.STATE_INITIAL, RuntimeEvents.Initial.class,
          EventTypes.STATE_UPDATE, RuntimeEvents.Update.class,
          RuntimeStore.EXECUTION_STATUS, RuntimeEvents.ExecutionStatus.class,
          RuntimeStore.CUSTOM_EVENT, RuntimeEvents.CustomEvent.class);

  private static final Slice<JsonNode> SHOWN =
      Slice.of(
              "shown",
              JsonNode.class,
              Json.parse("{\"list\":[1,2,3],\"text\":\"long enough\"}").node())
          .on("set", JsonNode.class, (was, now) -> now)
          .showPayload();
  private static final Slice<Integer> HIDDEN =
      Slice.of("hidden", Integer.class, 0).on("set", JsonNode.class, (n, any) -> n + 1);
  private static final Runtime RUNTIME = Runtime.of("sample", SHOWN, HIDDEN);

  private final PayloadSchema schema =
      new PayloadSchema("RuntimeEvents", "The payloads of a runtime's events, by type.")
          .named(RuntimeEvents.Initial.class, "RuntimeInitial")
          .named(RuntimeEvents.Update.class, "RuntimeUpdate")
          .named(RuntimeEvents.Patch.class, "RuntimePatch")
          .named(RuntimeEvents.Cause.class, "RuntimeCause");

  RuntimeSchemaTest() {
    PAYLOADS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(event -> schema.event(event.getKey(), event.getValue()));
  }

  @Test
  void schema_holdsEveryEventAsItsRecordIs() throws IOException {
    schema.isWrittenTo(FILE);
  }

  @Test
  void frames_asTheyAreSent_areWhatTheSchemaSays() {
    List<Frame> frames = frames();
    assertThat(frames.stream().map(Frame::type)).containsAll(PAYLOADS.keySet());
    for (Frame frame : frames) {
      Class<?> payload = Objects.requireNonNull(PAYLOADS.get(frame.type()));
      ObjectNode sent = (ObjectNode) frame.data().node();
      assertThat(schema.faults(payload, sent)).as("%s", sent).isEmpty();
      // Nothing is sent that the record has not, and what it always has may not be missing.
      assertThat(Json.from(Json.MAPPER.treeToValue(sent, payload)).node()).isEqualTo(sent);
      assertThat(schema.faults(payload, sent.deepCopy().without("timestamp")).isEmpty())
          .isEqualTo(!sent.has("timestamp"));
    }
  }

  /** Of a snapshot, a change of each form, an execution and custom events. */
  private static List<Frame> frames() {
    try (Freshet freshet = Freshet.open(new MemoryLogStore())) {
      Tenant tenant = freshet.tenant("acme");
      RuntimeStore store = tenant.runtime(RUNTIME);
      long before = tenant.log().head().offset();
      set(store, "{\"list\":[1,3],\"text\":\"long enough\"}");
      set(store, "null");
      store.publish("noticed", 1);
      store.publish(SHOWN, "looked at", Map.of("by", "ada"));
      store.start("e-1", "t-1").complete();
      store.start("e-2", "t-1").fail("no paper");
      RuntimeRepresentation representation = new RuntimeRepresentation(RUNTIME.root());
      List<Frame> frames = new ArrayList<>();
      frames.add(representation.states(states(tenant), tenant.log().head().offset()));
      frames.add(Objects.requireNonNull(representation.state(states(tenant).getLast())));
      for (Recorded recorded :
          tenant.log().read(RUNTIME.filter(RUNTIME.names()), before, Long.MAX_VALUE, 100).events())
        frames.add(Objects.requireNonNull(representation.event(recorded)));
      return frames;
    }
  }

  private static void set(RuntimeStore store, String value) {
    assertThat(store.dispatch(Action.of("set", Json.parse(value).node())).changes()).hasSize(2);
  }

  private static List<TopicState> states(Tenant tenant) {
    return RUNTIME.names().stream()
        .map(name -> tenant.log().state(RUNTIME.topic(name)).orElseThrow())
        .toList();
  }
}
