package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Holds counters, index and tree against the entities that there are. */
final class Consistency {
  private Consistency() {}

  /** Of all acquisitions; answers the kinds of the entities that there are. */
  static Set<Kind> check(Api api) {
    SortedMap<String, JsonNode> states = states(api, TopicPattern.of("instruments/**"));
    List<Place> places =
        states.keySet().stream()
            .filter(topic -> !topic.matches(".*/(progress|timeline)"))
            .map(topic -> Place.of(Topic.of(topic)))
            .toList();
    checkIndex(api, places);
    checkParents(places);
    checkCounters(states, places);
    return places.stream().map(Place::kind).collect(Collectors.toSet());
  }

  /** Exactly the entries that the entities should have, each naming its own. */
  private static void checkIndex(Api api, List<Place> places) {
    SortedMap<String, String> expected = new TreeMap<>();
    for (Place place : places) {
      for (Topic index : place.indexes()) expected.put(index.path(), place.topic().path());
    }
    Map<String, String> index =
        states(api, TopicPattern.of("$microscopy/**")).entrySet().stream()
            .filter(entry -> !entry.getKey().endsWith("/revision"))
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asString()));
    assertThat(new TreeMap<>(index)).isEqualTo(expected);
  }

  private static void checkParents(List<Place> places) {
    Set<String> there =
        places.stream().map(p -> name(p, p.kind(), p.uuid())).collect(Collectors.toSet());
    for (Place place : places) {
      place
          .kind()
          .parent()
          .ifPresent(kind -> assertThat(there).contains(name(place, kind, place.parent())));
      if (place.kind() == Kind.POSITION) {
        assertThat(there).contains(name(place, Kind.GRIDSQUARE, place.uuid()));
      }
    }
  }

  /** In its acquisition at its instrument. */
  private static String name(Place place, Kind kind, String uuid) {
    return place.root() + " " + kind + " " + uuid;
  }

  private static void checkCounters(SortedMap<String, JsonNode> states, List<Place> places) {
    List<Place> acquisitions = places.stream().filter(p -> p.kind() == Kind.ACQUISITION).toList();
    for (Place acquisition : acquisitions) {
      List<Place> inside =
          places.stream().filter(p -> p.root().equals(acquisition.root())).toList();
      AcquisitionProgress counted =
          AcquisitionProgress.none(acquisition.uuid(), "started").plus(inside, 1);
      assertThat(states.get(acquisition.progress().path())).isEqualTo(Json.from(counted).node());
    }
    assertThat(states.keySet().stream().filter(topic -> topic.matches(".*/(progress|timeline)")))
        .containsExactlyInAnyOrderElementsOf(
            acquisitions.stream()
                .flatMap(a -> Stream.of(a.progress().path(), a.timeline().path()))
                .toList());
  }

  private static SortedMap<String, JsonNode> states(Api api, TopicPattern pattern) {
    SortedMap<String, JsonNode> states = new TreeMap<>();
    try (StateCut cut = api.tenant().log().states(List.of(pattern))) {
      cut.forEachRemaining(state -> states.put(state.topic().path(), state.value().node()));
    }
    return states;
  }
}
