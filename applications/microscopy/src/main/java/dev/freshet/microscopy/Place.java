package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Where an entity is kept: {@code instruments/{instrument}/acquisitions/{acquisition}} for an
 * acquisition, and under it {@code grids/{uuid}}, {@code gridsquares/{grid}/{uuid}}, {@code
 * foilholes/{gridsquare}/{uuid}} and {@code micrographs/{foilhole}/{uuid}}. So an instrument, an
 * acquisition and the children of an entity each are one range of topics, and what is under an
 * entity stays where it is when that entity gets another parent.
 *
 * @param instrument a segment, like the others
 * @param parent the parent's uuid; empty for an acquisition
 */
record Place(Kind kind, String instrument, String acquisition, String parent, String uuid) {
  /** The index entries of all acquisitions. */
  static final TopicPattern ACQUISITIONS = TopicPattern.of("$microscopy/acquisitions/*");

  private static final String INDEX = "$microscopy/";
  private static final String UNKNOWN_INSTRUMENT = "unknown";

  /** Where an acquisition belongs, which is at the instrument it names. */
  static Place ofAcquisition(JsonNode value) {
    String acquisition = segment(value.path("uuid").asString(), "uuid");
    String instrument = value.path("instrument_id").asString("");
    String at = instrument.isEmpty() ? UNKNOWN_INSTRUMENT : segment(instrument, "instrument_id");
    return new Place(Kind.ACQUISITION, at, acquisition, "", acquisition);
  }

  /** The inverse of {@link #topic}. */
  static Place of(Topic topic) {
    List<String> path = topic.segments();
    String instrument = path.get(1);
    String acquisition = path.get(3);
    if (path.size() == 4)
      return new Place(Kind.ACQUISITION, instrument, acquisition, "", acquisition);
    String parent = path.size() == 6 ? acquisition : path.get(5);
    return new Place(Kind.ofSegment(path.get(4)), instrument, acquisition, parent, path.getLast());
  }

  private static String segment(String text, String field) {
    if (text.isEmpty()) throw Failures.invalid("body", "/" + field, "is empty");
    return Segment.of(text).orElseThrow(() -> tooLong(field));
  }

  private static RuntimeException tooLong(String field) {
    String detail = "is longer than " + Segment.MAX_LENGTH + " characters as a topic segment";
    return Failures.invalid("body", "/" + field, detail);
  }

  /**
   * The place of a new entity under this one.
   *
   * @param text its uuid
   */
  Place child(Kind kind, String text) {
    String parent = uuid;
    return new Place(kind, instrument, acquisition, parent, segment(text, "uuid"));
  }

  /** The same entity at another instrument. */
  Place at(String instrument) {
    return new Place(kind, instrument, acquisition, parent, uuid);
  }

  Topic topic() {
    return switch (kind) {
      case ACQUISITION -> root();
      case GRID -> root().child(kind.segment(), uuid);
      case GRIDSQUARE, FOILHOLE, MICROGRAPH -> root().child(kind.segment(), parent, uuid);
    };
  }

  /**
   * Where its topic is found by its uuid alone; out of reach of every grant that does not spell it
   * out.
   */
  static Topic index(Kind kind, String uuid) {
    return Topic.of(INDEX + kind.segment() + "/" + uuid);
  }

  Topic index() {
    return index(kind, uuid);
  }

  /** The topic of its acquisition. */
  Topic root() {
    return Topic.of("instruments/" + instrument + "/acquisitions/" + acquisition);
  }

  Topic progress() {
    return root().child(FrontendEvent.ACQUISITION_PROGRESS.segment());
  }

  Topic metrics() {
    return root().child(FrontendEvent.PROCESSING_METRIC.segment());
  }

  /** The topics of the entities of a kind that are directly under this one. */
  TopicPattern children(Kind child) {
    String parent = child == Kind.GRID ? "" : "/" + uuid;
    return TopicPattern.of(root() + "/" + child.segment() + parent + "/*");
  }

  /** The topics of all entities of a kind in its acquisition. */
  TopicPattern all(Kind kind) {
    return switch (kind) {
      case ACQUISITION -> TopicPattern.of(root());
      case GRID -> TopicPattern.of(root() + "/grids/*");
      case GRIDSQUARE, FOILHOLE, MICROGRAPH ->
          TopicPattern.of(root() + "/" + kind.segment() + "/*/*");
    };
  }
}
