package dev.freshet.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The steps of the session itself; those of its grids are written by {@link GridVisit}. */
final class SessionWriter {
  /** How much longer the pipeline computes when nothing new is acquired. */
  private static final Duration PIPELINE = Duration.ofMinutes(4);

  private final Dice dice;
  private final String instrument;
  private final Timeline timeline;
  private final Course course;
  private final Script script;
  private final Scribe scribe;
  private final String uuid;
  private final String name;
  private final String path;

  SessionWriter(Dice dice, String instrument, Timeline timeline, Course course) {
    this.dice = dice;
    this.instrument = instrument;
    this.timeline = timeline;
    this.course = course;
    this.script = new Script(timeline);
    this.uuid = dice.uuid();
    this.name = "cm%d-%d".formatted(dice.between(31000, 39999), dice.between(1, 24));
    this.path = "/acquisitions/" + uuid;
    this.scribe = Scribe.of(dice, script);
  }

  MicroscopySession write() {
    script.post(Duration.ZERO, Subject.ACQUISITION, "/acquisitions", planned());
    Duration now = Script.seconds(dice.uniform(20, 60));
    put(now, status("started").put("start_time", script.timestamp(now)));
    scribe.journal().started(now, name, "/data/%s/%s".formatted(instrument, name));
    int grids = dice.between(1, 4);
    Duration processed = now;
    Duration half = now;
    for (int slot = 1; slot <= grids; slot++) {
      if (slot > 1) now = exchange(now);
      Mark mark = new Mark(slot == 1 ? course : Course.PLAIN);
      GridVisit grid = new GridVisit(dice.split(), scribe, this.uuid, place(slot), mark);
      now = grid.write(now);
      if (slot == 1) half = mark.reached;
      processed = later(processed, grid.processed());
    }
    if (course == Course.ABANDONED) return session(1, abandoned(half));
    Duration end = later(now, processed).plusSeconds(30);
    put(end, status("completed").put("end_time", script.timestamp(end)));
    scribe.journal().completed(end.minusSeconds(5), grids);
    return session(grids, script.inOrder());
  }

  private MicroscopySession session(int grids, List<Step> steps) {
    return new MicroscopySession(uuid, name, grids, timeline, steps);
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
    return dice.chance(0.4) ? pause(next, dice.uniform(60, 300)) : next;
  }

  private Duration pause(Duration from, double seconds) {
    put(from, status("paused").put("paused_time", script.timestamp(from)));
    scribe.journal().paused(from);
    Duration resumed = from.plus(Script.seconds(seconds));
    put(resumed, status("started"));
    scribe.journal().resumed(resumed);
    return resumed.plusSeconds(5);
  }

  /**
   * What is left of the script when the beam is lost: what was before, and the results of what was
   * acquired, for the pipeline goes on.
   */
  private List<Step> abandoned(Duration lost) {
    List<Step> before = new ArrayList<>();
    Set<String> acquired = new HashSet<>();
    for (Step step : script.inOrder()) {
      boolean late = step.at().compareTo(lost) >= 0;
      if (late && !(isResult(step, acquired) && step.at().compareTo(lost.plus(PIPELINE)) < 0)) {
        continue;
      }
      if (step instanceof Report(var at, var subject, var method, var to, var body)
          && subject == Subject.MICROGRAPH
          && body != null) {
        acquired.add(body.path("uuid").asString());
      }
      before.add(step);
    }
    Script rest = new Script(timeline);
    before.forEach(rest::add);
    Scribe last = Scribe.of(dice, rest);
    last.journal().aborted(lost);
    Duration end = lost.plusSeconds(10);
    ObjectNode over = status("abandoned").put("end_time", timeline.at(end).toString());
    rest.put(end, Subject.ACQUISITION, path, over);
    rest.add(new Step.Leave(lost.plus(PIPELINE)));
    last.decisions().tooLate(lost.plus(PIPELINE));
    return rest.inOrder();
  }

  private static boolean isResult(Step step, Set<String> acquired) {
    if (!(step instanceof Report report) || !report.path().startsWith("/micrographs/"))
      return false;
    return acquired.contains(report.path().split("/", 4)[2]);
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

  /** What the course has for the middle of a grid, and when that was. */
  private final class Mark implements GridVisit.Interlude {
    private final Course course;
    private Duration reached = Duration.ZERO;

    private Mark(Course course) {
      this.course = course;
    }

    @Override
    public Duration halfway(Duration now) {
      reached = now;
      return switch (course) {
        case PAUSED -> pause(now, dice.uniform(600, 1200));
        case SILENT -> silence(now);
        case ABANDONED, PLAIN -> now;
      };
    }

    /** The microscope goes on meanwhile. */
    private Duration silence(Duration now) {
      scribe.journal().silent(now);
      script.add(new Step.Absence(now));
      scribe.decisions().whileSilent(now, "is anybody there?");
      return now;
    }
  }
}
