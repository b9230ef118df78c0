package dev.freshet.microscopy;

import dev.freshet.view.NativeRepresentation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How an acquisition got as far as it is: its progress at some times, which lie further apart the
 * longer it takes (PROTOCOL §8.4).
 *
 * @param intervalMinutes at most one point in each so many minutes, but for changes of the status
 * @param points ascending, at most {@value #MAX_POINTS}
 */
@JsonNaming(SnakeCaseStrategy.class)
record Timeline(String acquisitionUuid, long intervalMinutes, List<Point> points) {
  static final int MAX_POINTS = 720;

  private static final long MINUTE = 60;

  /**
   * @param time ISO 8601, in UTC
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Point(
      String time,
      long gridCount,
      long gridsquareCount,
      long foilholeCount,
      long micrographCount,
      String status) {
    static Point of(AcquisitionProgress progress, Instant time) {
      return new Point(
          NativeRepresentation.time(time),
          progress.gridCount(),
          progress.gridsquareCount(),
          progress.foilholeCount(),
          progress.micrographCount(),
          progress.status());
    }

    private boolean shows(AcquisitionProgress progress) {
      return of(progress, Instant.parse(time)).equals(this);
    }
  }

  static Timeline begin(AcquisitionProgress progress, Instant now) {
    return new Timeline(progress.acquisitionUuid(), 1, List.of(Point.of(progress, now)));
  }

  /** In which minute a time is. */
  static long minute(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), MINUTE);
  }

  /** With the progress that a change made, if a point is due. */
  Timeline after(AcquisitionProgress progress, Instant now) {
    Point last = points.getLast();
    boolean due = interval(now) > interval(Instant.parse(last.time()));
    return due || !last.status().equals(progress.status()) ? with(progress, now) : this;
  }

  /** With the progress as it is, as the last point. */
  Timeline until(AcquisitionProgress progress, Instant changed) {
    return points.getLast().shows(progress) ? this : with(progress, changed);
  }

  private Timeline with(AcquisitionProgress progress, Instant time) {
    Timeline room = points.size() < MAX_POINTS ? this : thinned();
    List<Point> more = new ArrayList<>(room.points);
    more.add(Point.of(progress, time));
    return new Timeline(acquisitionUuid, room.intervalMinutes, more);
  }

  /** The first point of each interval, which is doubled until half of the points will do. */
  private Timeline thinned() {
    Timeline thin = new Timeline(acquisitionUuid, 2 * intervalMinutes, new ArrayList<>());
    long before = Long.MIN_VALUE;
    for (Point point : points) {
      long interval = thin.interval(Instant.parse(point.time()));
      if (interval > before) thin.points.add(point);
      before = interval;
    }
    return thin.points.size() > MAX_POINTS / 2 ? thin.thinned() : thin;
  }

  private long interval(Instant time) {
    return Math.floorDiv(minute(time), intervalMinutes);
  }
}
