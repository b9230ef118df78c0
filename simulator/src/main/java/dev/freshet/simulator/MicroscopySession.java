package dev.freshet.simulator;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one EPU session reports, from planned to completed: a pure function of its seed, instrument
 * and timeline. An hour of beam time is about one grid with 40 squares and 150 foil holes of one to
 * four micrographs, each corrected and estimated a little later. Immutable.
 */
public final class MicroscopySession {
  private final String uuid;
  private final String name;
  private final int grids;
  private final Timeline timeline;
  private final List<Report> reports;

  private MicroscopySession(
      String uuid, String name, int grids, Timeline timeline, List<Report> reports) {
    this.uuid = uuid;
    this.name = name;
    this.grids = grids;
    this.timeline = timeline;
    this.reports = reports;
  }

  /**
   * The session of a seed. The timeline changes its timestamps only.
   *
   * @param instrument such as {@code m12}
   */
  public static MicroscopySession of(long seed, String instrument, Timeline timeline) {
    return new Writer(new Dice(seed), instrument, timeline).write();
  }

  public String uuid() {
    return uuid;
  }

  public String name() {
    return name;
  }

  public int grids() {
    return grids;
  }

  public Timeline timeline() {
    return timeline;
  }

  /** In the order of their times. */
  public List<Report> reports() {
    return reports;
  }

  /** Beam time from the first report to the last. */
  public Duration duration() {
    return reports.getLast().at();
  }

  /** The reports of the session itself; those of its grids are written by {@link GridVisit}. */
  private static final class Writer {
    private final Dice dice;
    private final String instrument;
    private final Timeline timeline;
    private final Script script;
    private final String uuid;
    private final String name;
    private final String path;

    private Writer(Dice dice, String instrument, Timeline timeline) {
      this.dice = dice;
      this.instrument = instrument;
      this.timeline = timeline;
      this.script = new Script(timeline);
      this.uuid = dice.uuid();
      this.name = "cm%d-%d".formatted(dice.between(31000, 39999), dice.between(1, 24));
      this.path = "/acquisitions/" + uuid;
    }

    private MicroscopySession write() {
      script.post(Duration.ZERO, Subject.ACQUISITION, "/acquisitions", planned());
      Duration now = Script.seconds(dice.uniform(20, 60));
      put(now, status("started").put("start_time", script.timestamp(now)));
      int grids = dice.between(1, 4);
      Duration processed = now;
      for (int slot = 1; slot <= grids; slot++) {
        if (slot > 1) now = exchange(now);
        GridVisit grid = new GridVisit(dice.split(), script, this.uuid, place(slot));
        now = grid.write(now);
        processed = later(processed, grid.processed());
      }
      Duration end = later(now, processed).plusSeconds(30);
      put(end, status("completed").put("end_time", script.timestamp(end)));
      return new MicroscopySession(uuid, name, grids, timeline, script.inOrder());
    }

    private String place(int slot) {
      return "/data/%s/%s/Sample%d".formatted(instrument, name, slot);
    }

    private ObjectNode planned() {
      return status("planned")
          .put("uuid", uuid)
          .put("name", name)
          .put("instrument_id", instrument)
          .put("instrument_model", "Titan Krios G4")
          .put("computer_name", "TITAN-" + instrument)
          .put("storage_path", "/data/%s/%s".formatted(instrument, name))
          .put("atlas_path", "/data/%s/%s/Atlas/Atlas.dm".formatted(instrument, name))
          .put("clustering_mode", "ClusteringModeNormal")
          .put("clustering_radius", Integer.toString(dice.between(4, 8)));
    }

    /** Another grid is put under the beam; now and then the operator lets the session wait. */
    private Duration exchange(Duration now) {
      Duration next = now.plus(Script.seconds(dice.uniform(60, 120)));
      if (!dice.chance(0.4)) return next;
      put(next, status("paused").put("paused_time", script.timestamp(next)));
      Duration resumed = next.plus(Script.seconds(dice.uniform(60, 300)));
      put(resumed, status("started"));
      return resumed.plusSeconds(5);
    }

    private static ObjectNode status(String status) {
      return Script.object().put("status", status);
    }

    private void put(Duration at, ObjectNode body) {
      script.put(at, Subject.ACQUISITION, path, body);
    }

    private static Duration later(Duration a, Duration b) {
      return a.compareTo(b) >= 0 ? a : b;
    }
  }
}
