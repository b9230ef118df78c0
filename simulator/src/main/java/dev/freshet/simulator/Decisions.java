package dev.freshet.simulator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The instructions that the decision service gives in the course of a session. */
final class Decisions {
  private final Dice dice;
  private final Script script;

  Decisions(Dice dice, Script script) {
    this.dice = dice;
    this.script = script;
  }

  private void order(
      Duration at, String type, String priority, JsonNode payload, @Nullable Integer expiry) {
    script.add(new Order(at, dice.uuid(), type, priority, payload, expiry));
  }

  private static ObjectNode naming(String member, List<String> uuids) {
    ObjectNode payload = Script.object();
    ArrayNode list = payload.putArray(member);
    uuids.forEach(list::add);
    return payload;
  }

  /** Which of the chosen squares come first, and at times a thing that no agent can do. */
  void squaresChosen(Duration at, String grid, List<String> squares) {
    ObjectNode payload = naming("gridsquare_ids", squares).put("grid_uuid", grid);
    order(at.plusSeconds(5), Instructions.REORDER_SQUARES, "high", payload, null);
    if (dice.chance(0.5)) {
      ObjectNode range = Script.object().put("from", -1.2e-6).put("to", -2.4e-6);
      order(at.plusSeconds(90), "microscope.control.set_defocus_range", "low", range, null);
    }
  }

  /** What the first images of a square suggest. */
  void squareSeen(Duration at, String square, List<String> holes, double quality) {
    if (quality < 0.55 && dice.chance(0.5)) {
      ObjectNode skip = naming("gridsquare_ids", List.of(square)).put("reason", "thick ice");
      order(at, Instructions.SKIP_SQUARES, "normal", skip, null);
    } else if (dice.chance(0.4)) {
      ObjectNode payload = naming("foilhole_ids", holes).put("gridsquare_id", square);
      order(at, Instructions.REORDER_HOLES, "normal", payload, null);
    }
    if (dice.chance(0.15)) {
      ObjectNode to = Script.object().put("x", dice.between(-900, 900)).put("y", 120).put("z", 40);
      ObjectNode payload = Script.object().put("speed", "normal");
      payload.set("stage_position", to);
      order(at.plusSeconds(20), Instructions.MOVE_STAGE, "urgent", payload, null);
    }
  }

  /** One that nobody may be there to take. */
  void whileSilent(Duration at, String what) {
    order(at, Instructions.TAKE_IMAGE, "normal", image(what), 1);
  }

  /** One that comes when the agent takes no more. */
  void tooLate(Duration at) {
    order(at, Instructions.TAKE_IMAGE, "low", image("after the last exposure"), null);
  }

  private static ObjectNode image(String what) {
    return Script.object()
        .put("image_type", "overview")
        .put("magnification", 2250)
        .put("exposure_time", 1.0)
        .put("note", what);
  }
}
