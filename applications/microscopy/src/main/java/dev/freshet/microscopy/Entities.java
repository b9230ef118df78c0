package dev.freshet.microscopy;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant's entities as one caller may see them (A1). */
record Entities(EventLog log, Access access) {
  Finder finder() {
    return new Finder(this::value);
  }

  /** What a topic holds now; a missing node if nothing. */
  JsonNode value(Topic topic) {
    return value(log, topic);
  }

  static JsonNode value(EventLog log, Topic topic) {
    return log.state(topic).map(Entities::node).orElseGet(MissingNode::getInstance);
  }

  static JsonNode node(TopicState state) {
    Json value = state.value();
    return value == null ? MissingNode.getInstance() : value.node();
  }

  Place readable(Kind kind, String uuid) {
    Place place = finder().require(kind, uuid);
    access.requireRead(place);
    return place;
  }

  Entity entity(Place place) {
    if (value(place.topic()) instanceof ObjectNode value) return new Entity(place, value);
    throw Failures.notFound(place.kind());
  }

  /** The atlas of a grid that is readable, if the atlas is too. */
  Optional<Place> atlas(Place grid) {
    return finder().named(Place.atlasOf(grid.uuid())).filter(access::reads);
  }

  /** An entity as it is answered. */
  JsonNode answer(Entity entity) {
    if (entity.place().kind() != Kind.ATLAS) return entity.value();
    return Atlases.withTiles(entity.value(), children(entity.place(), Kind.ATLAS_TILE));
  }

  /** The readable entities directly under one, in the order of their topics. */
  List<JsonNode> children(Place parent, Kind kind) {
    Listing listing = new Listing(kind, access);
    listing.add(log, parent.children(kind));
    return listing.entities();
  }

  /** All readable ones of a kind as they are answered, in the order of their topics. */
  List<JsonNode> all(Kind kind) {
    if (kind != Kind.ATLAS) return kept(kind);
    return Atlases.withTheirTiles(kept(kind), kept(Kind.ATLAS_TILE));
  }

  private List<JsonNode> kept(Kind kind) {
    Listing listing = new Listing(kind, access);
    for (Place acquisition : acquisitions()) listing.add(log, acquisition.all(kind));
    return listing.entities();
  }

  /** How many of the entities that are counted are in a place's acquisition. */
  AcquisitionProgress progress(Place place) {
    return progress(progressState(place));
  }

  /** Ends with the progress as it is, which is read last: it is never behind. */
  Timeline timeline(Place place) {
    JsonNode kept = value(place.timeline());
    TopicState state = progressState(place);
    AcquisitionProgress progress = progress(state);
    Timeline timeline =
        kept.isMissingNode()
            ? Timeline.begin(progress, state.time())
            : Json.MAPPER.treeToValue(kept, Timeline.class);
    return timeline.until(progress, state.time());
  }

  private TopicState progressState(Place place) {
    return log.state(place.progress())
        .filter(state -> state.value() != null)
        .orElseThrow(() -> Failures.notFound(place.kind()));
  }

  private static AcquisitionProgress progress(TopicState state) {
    return Json.MAPPER.treeToValue(node(state), AcquisitionProgress.class);
  }

  /** All acquisitions, whoever asks. */
  List<Place> acquisitions() {
    List<Place> places = new ArrayList<>();
    try (StateCut cut = log.states(List.of(Place.ACQUISITIONS))) {
      cut.forEachRemaining(entry -> places.add(Place.of(entry)));
    }
    return places;
  }
}
