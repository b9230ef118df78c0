package dev.freshet.microscopy;

import dev.freshet.event.Json;
import dev.freshet.log.Recorded;
import dev.freshet.log.Revision;
import dev.freshet.log.TopicState;
import dev.freshet.view.Frame;
import dev.freshet.view.Representation;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an agent sees of its instructions: each when it is made, and in snapshots those that are
 * open; none that is past its time (PROTOCOL §8.2). What becomes of them later it knows by itself.
 *
 * @param stream makes a stream's view its own: those who share one may get a snapshot that was
 *     taken a moment ago, in which an instruction is open that has been acknowledged since
 */
record InstructionRepresentation(InstantSource clock, Object stream) implements Representation {
  /** The cause that tells an instruction's making from its move to another instrument. */
  static final String CREATED = "instruction.created";

  private static final String TYPE = "instruction";
  private static final List<String> MEMBERS =
      List.of(
          "instruction_id",
          "agent_id",
          "session_id",
          "instruction_type",
          "payload",
          "sequence_number",
          "priority",
          "created_at",
          "expires_at",
          "metadata");

  @Override
  public @Nullable Frame event(Recorded recorded) {
    return created(recorded.revision()) ? frame(recorded.event().data()) : null;
  }

  private static boolean created(@Nullable Revision revision) {
    if (revision == null || revision.form() != Revision.Form.VALUE) return false;
    Revision.Cause cause = revision.cause();
    return cause != null && cause.type().equals(CREATED);
  }

  @Override
  public @Nullable Frame state(TopicState state) {
    return state.value() == null ? null : frame(state.value());
  }

  private @Nullable Frame frame(Json value) {
    JsonNode kept = value.node();
    if (!Json.MAPPER.treeToValue(kept, Instruction.class).deliverable(clock.instant())) return null;
    ObjectNode data = Json.MAPPER.createObjectNode().put("type", TYPE);
    for (String member : MEMBERS) data.set(member, kept.path(member));
    return new Frame(TYPE, Json.of(data));
  }
}
