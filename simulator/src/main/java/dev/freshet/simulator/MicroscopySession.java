package dev.freshet.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one EPU session reports, from planned to completed or abandoned: a pure function of its
 * seed, instrument, course and timeline. An hour of beam time is about one grid with 40 squares and
 * 150 foil holes of one to four micrographs, each corrected and estimated a little later.
 * Immutable.
 */
public final class MicroscopySession {
  private final String uuid;
  private final String name;
  private final int grids;
  private final Timeline timeline;
  private final List<Step> steps;

  MicroscopySession(String uuid, String name, int grids, Timeline timeline, List<Step> steps) {
    this.uuid = uuid;
    this.name = name;
    this.grids = grids;
    this.timeline = timeline;
    this.steps = steps;
  }

  /**
   * The session of a seed that nothing befalls. The timeline changes its timestamps, and how many
   * routine lines are logged.
   *
   * @param instrument such as {@code m12}
   */
  public static MicroscopySession of(long seed, String instrument, Timeline timeline) {
    return of(seed, instrument, timeline, Course.PLAIN);
  }

  static MicroscopySession of(long seed, String instrument, Timeline timeline, Course course) {
    return new SessionWriter(new Dice(seed), instrument, timeline, course).write();
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
  List<Step> steps() {
    return steps;
  }

  /** In the order of their times. */
  public List<Report> reports() {
    return steps.stream().filter(Report.class::isInstance).map(Report.class::cast).toList();
  }

  /** Beam time from the first report to the last. */
  public Duration duration() {
    return reports().getLast().at();
  }

  /** The same, and a report of another session at half of its time. */
  MicroscopySession announcing(Report planned) {
    List<Step> more = new ArrayList<>(steps);
    more.add(planned.at(duration().dividedBy(2)));
    more.sort(Comparator.comparing(Step::at));
    return new MicroscopySession(uuid, name, grids, timeline, List.copyOf(more));
  }
}
