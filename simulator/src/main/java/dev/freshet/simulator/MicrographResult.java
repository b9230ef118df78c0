package dev.freshet.simulator;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** A micrograph, and what is computed from it some time later. */
final class MicrographResult {
  private static final double FRAMES = 40;

  /** No reconstruction here resolves more than this, in Å. */
  private static final double BEST_RESOLUTION = 2.6;

  /** Crystalline ice, a crack, a hole without sample. */
  private static final double SPOILED = 0.03;

  /** The stage jumped in the exposure. */
  private static final double JUMPED = 0.008;

  private final Dice dice;
  private final Script script;
  private final Journal journal;
  private final String hole;
  private final SquareVisit.Place place;
  private final int shot;
  private final double quality;
  private final String uuid;
  private Duration processed = Duration.ZERO;

  MicrographResult(
      Dice dice, Scribe scribe, String hole, SquareVisit.Place place, int shot, double quality) {
    this.dice = dice;
    this.script = scribe.script();
    this.journal = scribe.journal();
    this.hole = hole;
    this.place = place;
    this.shot = shot;
    this.quality = quality;
    this.uuid = dice.uuid();
  }

  /** When its last result comes. */
  Duration processed() {
    return processed;
  }

  void write(Duration taken) {
    String path = "/micrographs/" + uuid;
    ObjectNode micrograph = micrograph(taken);
    script.post(taken, Subject.MICROGRAPH, "/foilholes/" + hole + "/micrographs", micrograph);
    journal.exposed(taken, name(taken), micrograph.path("defocus").doubleValue());
    Duration corrected = taken.plus(Script.seconds(dice.logNormal(35, 0.3)));
    script.post(
        corrected, Subject.MOTION_CORRECTION, path + "/motion_correction/completed", motion());
    Duration estimated = corrected.plus(Script.seconds(dice.logNormal(12, 0.3)));
    ObjectNode ctf = ctf();
    script.post(estimated, Subject.CTF_ESTIMATION, path + "/ctf_estimation/completed", ctf);
    processed = estimated.plus(Script.seconds(dice.logNormal(25, 0.3)));
    double resolution = ctf.path("ctf_max_res").doubleValue();
    script.put(processed, Subject.PARTICLES, path, particles(resolution));
  }

  private int location() {
    return 9_017_340 + shot * 7;
  }

  private String name(Duration at) {
    return "FoilHole_%d_Data_%d_%d_%s".formatted(place.id(), location(), shot, script.nameTime(at));
  }

  private ObjectNode micrograph(Duration at) {
    String file = place.directory() + "/Data/" + name(at);
    return Script.object()
        .put("uuid", uuid)
        .put("foilhole_uuid", hole)
        .put("foilhole_id", Integer.toString(place.id()))
        .put("location_id", Integer.toString(location()))
        .put("status", "none")
        .put("acquisition_datetime", script.timestamp(at))
        .put("high_res_path", file + "_fractions.eer")
        .put("manifest_file", file + ".xml")
        .put("detector_name", "EF-Falcon4i")
        .put("energy_filter", true)
        .put("phase_plate", false)
        .put("image_size_x", 4096)
        .put("image_size_y", 4096)
        .put("binning_x", 1)
        .put("binning_y", 1)
        .put("defocus", defocus());
  }

  /** In metres: the targets are gone through in turn, and met roughly. */
  private double defocus() {
    double target = -0.8 - 0.2 * ((place.index() + shot) % 8);
    return Script.rounded(dice.normal(target, 0.06)) * 1e-6;
  }

  /** In Å: most micrographs move little, some a lot. */
  private ObjectNode motion() {
    double total = dice.logNormal(14, 0.5);
    if (dice.chance(JUMPED)) total += dice.uniform(40, 120);
    return Script.object()
        .put("total_motion", Script.rounded(total))
        .put("average_motion", Script.rounded(total / FRAMES * dice.uniform(0.9, 1.1)));
  }

  /** In Å: better ice resolves more; a few are spoiled. */
  private ObjectNode ctf() {
    double resolution = BEST_RESOLUTION + dice.logNormal(0.9, 0.45) * (1.6 - quality);
    if (dice.chance(SPOILED)) resolution += dice.uniform(3, 9);
    return Script.object().put("ctf_max_res", Script.rounded(resolution));
  }

  /** Fewer where less is resolved, and fewer of those are any good. */
  private ObjectNode particles(double resolution) {
    int picked = (int) Math.round(dice.logNormal(310, 0.25) * Math.min(1, 4 / resolution));
    double good = Math.clamp(dice.normal(0.7, 0.08) * Math.min(1, 4.5 / resolution), 0.05, 0.95);
    return Script.object()
        .put("number_of_particles_picked", picked)
        .put("number_of_particles_selected", (int) Math.round(picked * good));
  }
}
