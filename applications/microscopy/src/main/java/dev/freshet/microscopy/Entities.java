package dev.freshet.microscopy;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.log.EventLog;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import java.util.ArrayList;
import java.util.List;
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
    return log.state(topic).map(Entities::node).orElseGet(MissingNode::getInstance);
  }

  /** The version of a topic's state; 0 if it never had one. */
  long version(Topic topic) {
    return log.state(topic).map(TopicState::version).orElse(0L);
  }

  private static JsonNode node(TopicState state) {
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

  /** The readable entities directly under one, in the order of their topics. */
  List<JsonNode> children(Place parent, Kind kind) {
    Listing listing = new Listing(kind, access);
    listing.add(log, parent.children(kind));
    return listing.entities();
  }

  /** All readable ones of a kind, in the order of their topics. */
  List<JsonNode> all(Kind kind) {
    Listing listing = new Listing(kind, access);
    for (Place acquisition : acquisitions()) listing.add(log, acquisition.all(kind));
    return listing.entities();
  }

  /** All acquisitions, whoever asks. */
  List<Place> acquisitions() {
    List<Place> places = new ArrayList<>();
    try (StateCut cut = log.states(List.of(Place.ACQUISITIONS))) {
      cut.forEachRemaining(entry -> places.add(Place.of(Topic.of(node(entry).asString()))));
    }
    return places;
  }
}
