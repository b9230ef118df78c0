package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Few uuids for many operations, so that they meet. */
class RandomOperationsTest {
  private static final int OPERATIONS = 600;
  private static final List<String> INSTRUMENTS = List.of("m1", "m2");

  private Random random = new Random();

  private String any(String prefix) {
    return prefix + random.nextInt(3);
  }

  private void operation(Api api) {
    switch (random.nextInt(12)) {
      case 0 -> api.post("/acquisitions", acquisition());
      case 1 -> api.put("/acquisitions/" + any("a"), acquisition());
      case 2 ->
          api.post(
              "/acquisitions/" + any("a") + "/grids",
              "{'uuid':'%s','name':'G','acquisition_uuid':'a'}".formatted(any("g")));
      case 3, 4 ->
          api.post("/grids/" + any("g") + "/gridsquares", SessionData.square("g", any("s")));
      case 5 ->
          api.post(
              "/gridsquares/" + any("s") + "/foilholes",
              "[" + SessionData.hole("s", any("h")) + "]");
      case 6 ->
          api.post(
              "/foilholes/" + any("h") + "/micrographs",
              "{'uuid':'%s','foilhole_id':'8'}".formatted(any("m")));
      case 7 ->
          api.post(
              "/grids/" + any("g") + "/atlas",
              "{'uuid':'%s','grid_uuid':'g','name':'A','tiles':[%s]}"
                  .formatted(any("l"), SessionData.tile("l", any("t"))));
      case 8 -> api.post("/atlases/" + any("l") + "/tiles", SessionData.tile("l", any("t")));
      case 9, 10 ->
          api.post(
              "/atlas-tiles/" + any("t") + "/gridsquares/" + any("s"),
              SessionData.position(random.nextInt(3)));
      default -> api.delete(something());
    }
  }

  private String acquisition() {
    return "{'uuid':'%s','instrument_id':'%s'}"
        .formatted(any("a"), INSTRUMENTS.get(random.nextInt(INSTRUMENTS.size())));
  }

  private String something() {
    List<String> things =
        List.of(
            "atlas-tiles/t",
            "atlases/l",
            "micrographs/m",
            "foilholes/h",
            "gridsquares/s",
            "grids/g",
            "acquisitions/a");
    return "/" + any(things.get(Math.min(random.nextInt(12), things.size() - 1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("S1: counters, index and tree agree after any operations")
  void operations_any_leaveCountersIndexAndTreeInAgreement(long seed) {
    random = new Random(seed);
    try (Api api = Api.open()) {
      for (int i = 0; i < OPERATIONS; i++) {
        operation(api);
        if (i % 20 == 0) check(api);
      }
      check(api);
      for (int a = 0; a < 3; a++) api.delete("/acquisitions/a" + a);
      assertThat(SessionData.topics(api)).isEmpty();
    }
  }

  private static void check(Api api) {
    SortedMap<String, JsonNode> states = states(api, TopicPattern.of("instruments/**"));
    List<Place> places =
        states.keySet().stream()
            .filter(topic -> !topic.matches(".*/(progress|timeline)"))
            .map(topic -> Place.of(Topic.of(topic)))
            .toList();
    checkIndex(api, places);
    checkParents(places);
    checkCounters(states, places);
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
    List<String> there =
        new ArrayList<>(places.stream().map(p -> name(p, p.kind(), p.uuid())).toList());
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
    assertThat(states.keySet().stream().filter(topic -> topic.endsWith("/progress")))
        .hasSameSizeAs(acquisitions);
  }

  private static SortedMap<String, JsonNode> states(Api api, TopicPattern pattern) {
    SortedMap<String, JsonNode> states = new TreeMap<>();
    try (StateCut cut = api.tenant().log().states(List.of(pattern))) {
      cut.forEachRemaining(state -> states.put(state.topic().path(), state.value().node()));
    }
    return states;
  }
}
