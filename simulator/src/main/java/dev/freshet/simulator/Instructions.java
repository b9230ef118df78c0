package dev.freshet.simulator;

import tools.jackson.databind.JsonNode;

/** The instructions that a simulated agent knows, and what becomes of them. */
final class Instructions {
  static final String MOVE_STAGE = "microscope.control.move_stage";
  static final String TAKE_IMAGE = "microscope.control.take_image";
  static final String REORDER_SQUARES = "microscope.control.reorder_gridsquares";
  static final String REORDER_HOLES = "microscope.control.reorder_foilholes";
  static final String SKIP_SQUARES = "microscope.control.skip_gridsquares";

  private static final double FAILING = 0.12;
  private static final double DECLINING = 0.08;

  private Instructions() {}

  /**
   * The end of an instruction.
   *
   * @param status {@code processed}, {@code failed} or {@code declined}
   * @param text the result, or why there is none
   * @param seconds beam time that it took
   */
  record Outcome(String status, String text, double seconds) {
    private static Outcome declined(String why) {
      return new Outcome("declined", why, 0.1);
    }
  }

  /** The same instruction always ends in the same way, but for a pause of the acquisition. */
  static Outcome of(JsonNode instruction, boolean paused) {
    String type = instruction.path("instruction_type").asString("");
    double seconds = seconds(type);
    if (seconds == 0) return Outcome.declined("unknown instruction type '" + type + "'");
    if (paused) return Outcome.declined("the acquisition is paused");
    Dice dice = new Dice(identity(instruction).hashCode());
    if (dice.chance(DECLINING)) return Outcome.declined("the target was already acquired");
    double taken = seconds * dice.uniform(0.7, 1.6);
    return dice.chance(FAILING)
        ? new Outcome("failed", failure(type), taken)
        : new Outcome("processed", result(type, instruction.path("payload")), taken);
  }

  private static String identity(JsonNode instruction) {
    String request = instruction.path("metadata").path("request_id").asString("");
    return request.isEmpty() ? instruction.path("instruction_id").asString("") : request;
  }

  /** 0 for what is not known. */
  private static double seconds(String type) {
    return switch (type) {
      case MOVE_STAGE -> 8;
      case TAKE_IMAGE -> 12;
      case REORDER_SQUARES, REORDER_HOLES -> 1.5;
      case SKIP_SQUARES -> 1;
      default -> 0;
    };
  }

  private static String failure(String type) {
    return switch (type) {
      case MOVE_STAGE -> "stage did not reach its target in 30 s";
      case TAKE_IMAGE -> "camera is busy: exposure under way";
      default -> "EPU refused the change: the template is locked";
    };
  }

  private static String result(String type, JsonNode payload) {
    return switch (type) {
      case MOVE_STAGE -> "stage moved";
      case TAKE_IMAGE -> "image taken";
      case SKIP_SQUARES -> "skipped " + payload.path("gridsquare_ids").size() + " grid squares";
      case REORDER_SQUARES -> payload.path("gridsquare_ids").size() + " grid squares reordered";
      default -> payload.path("foilhole_ids").size() + " foil holes reordered";
    };
  }
}
