package dev.freshet.microscopy;

import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.TopicState;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Where an entity is kept: {@code instruments/{instrument}/acquisitions/{acquisition}} for an
 * acquisition, and under it {@code grids/{uuid}} for a grid, {@code {kind}/{parent}/{uuid}} for all
 * else. So an instrument, an acquisition and the children of an entity each are one range of
 * topics, and what is under an entity stays where it is when that entity gets another parent.
 *
 * @param instrument a segment, like the others
 * @param parent the parent's uuid; empty for an acquisition
 * @param uuid of a position the grid square's
 */
record Place(Kind kind, String instrument, String acquisition, String parent, String uuid) {
  /** The index entries of all acquisitions. */
  static final TopicPattern ACQUISITIONS = TopicPattern.of("$microscopy/acquisitions/*");

  private static final String INDEX = "$microscopy/";
  static final String UNKNOWN_INSTRUMENT = "unknown";

  /** Where an acquisition belongs, which is at the instrument it names. */
  static Place ofAcquisition(JsonNode value) {
    String acquisition = segment(value.path("uuid").asString(), "uuid");
    String instrument = value.path("instrument_id").asString("");
    String at = instrument.isEmpty() ? UNKNOWN_INSTRUMENT : segment(instrument, "instrument_id");
    return new Place(Kind.ACQUISITION, at, acquisition, "", acquisition);
  }

  /** Where a state is; of an index entry, where what it names is. */
  static Place of(TopicState state) {
    boolean indexed = state.topic().path().startsWith(INDEX);
    return of(indexed ? Topic.of(value(state).asString()) : state.topic());
  }

  private static JsonNode value(TopicState state) {
    return Objects.requireNonNull(state.value()).node();
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

  /** A member of a body as a segment. */
  static String segment(String text, String field) {
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
      default -> root().child(kind.segment(), parent, uuid);
    };
  }

  /**
   * Where its topic is found by its uuid alone; out of reach of every grant that does not spell it
   * out.
   */
  static Topic index(Kind kind, String uuid) {
    return Topic.of(INDEX + kind.segment() + "/" + uuid);
  }

  /** The atlas of a grid, which has one at most. */
  static Topic atlasOf(String grid) {
    return index(Kind.GRID, grid).child("atlas");
  }

  /** All topics that hold its topic; two entities never have one in common. */
  List<Topic> indexes() {
    Topic index = index(kind, uuid);
    return switch (kind) {
      case ATLAS -> List.of(index, atlasOf(parent));
      case POSITION -> List.of(index.child(parent));
      default -> List.of(index);
    };
  }

  /** The topic of its acquisition. */
  Topic root() {
    return Topic.of("instruments/" + instrument + "/acquisitions/" + acquisition);
  }

  Topic progress() {
    return root().child(FrontendEvent.ACQUISITION_PROGRESS.segment());
  }

  /**
   * Changes whenever anything is removed from its acquisition, or is added that its progress
   * doesn't count.
   */
  Topic revision() {
    return index(Kind.ACQUISITION, acquisition).child("revision");
  }

  Topic timeline() {
    return root().child("timeline");
  }

  Topic metrics() {
    return root().child(FrontendEvent.PROCESSING_METRIC.segment());
  }

  /**
   * The topics of the entities of a kind that are directly under this one; their index entries if
   * it is not the one that they are kept under.
   */
  TopicPattern children(Kind child) {
    boolean kept = child.parent().filter(kind::equals).isPresent();
    String under = kept ? root() + "/" + child.segment() : INDEX + child.segment();
    return TopicPattern.of(under + (child == Kind.GRID ? "/*" : "/" + uuid + "/*"));
  }

  /** The topics of all entities of a kind in its acquisition. */
  TopicPattern all(Kind kind) {
    return switch (kind) {
      case ACQUISITION -> TopicPattern.of(root());
      case GRID -> TopicPattern.of(root() + "/grids/*");
      default -> TopicPattern.of(root() + "/" + kind.segment() + "/*/*");
    };
  }
}
