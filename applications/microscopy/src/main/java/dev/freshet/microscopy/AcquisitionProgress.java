package dev.freshet.microscopy;

import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How far an acquisition is: the payload of {@code acquisition.progress}, and the state that is
 * kept for it.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AcquisitionProgress(
    String acquisitionUuid,
    long gridCount,
    long gridsquareCount,
    long foilholeCount,
    long micrographCount,
    String status) {

  static AcquisitionProgress none(String acquisitionUuid, String status) {
    return new AcquisitionProgress(acquisitionUuid, 0, 0, 0, 0, status);
  }

  AcquisitionProgress withStatus(String status) {
    return new AcquisitionProgress(
        acquisitionUuid, gridCount, gridsquareCount, foilholeCount, micrographCount, status);
  }

  /** With these counted {@code times} more; those of some kinds count for nothing. */
  AcquisitionProgress plus(List<Place> places, int times) {
    AcquisitionProgress sum = this;
    for (Place place : places) sum = sum.plus(place.kind(), times);
    return sum;
  }

  private AcquisitionProgress plus(Kind kind, long change) {
    return new AcquisitionProgress(
        acquisitionUuid,
        gridCount + (kind == Kind.GRID ? change : 0),
        gridsquareCount + (kind == Kind.GRIDSQUARE ? change : 0),
        foilholeCount + (kind == Kind.FOILHOLE ? change : 0),
        micrographCount + (kind == Kind.MICROGRAPH ? change : 0),
        status);
  }
}
