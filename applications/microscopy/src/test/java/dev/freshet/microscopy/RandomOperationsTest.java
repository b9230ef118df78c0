package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few uuids for many operations, so that they meet. */
class RandomOperationsTest {
  private static final int OPERATIONS = 1000;
  private static final List<String> INSTRUMENTS = List.of("m1", "m2");

  private Random random = new Random();

  private String any(String prefix) {
    return prefix + random.nextInt(3);
  }

  private void operation(Api api) {
    switch (random.nextInt(16)) {
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
      case 9, 10, 11, 12 ->
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

  /** Leaves more often than what takes much with it. */
  private String something() {
    List<String> things =
        List.of(
            "acquisitions/a",
            "grids/g",
            "gridsquares/s",
            "gridsquares/s",
            "foilholes/h",
            "micrographs/m",
            "atlases/l",
            "atlas-tiles/t");
    return "/" + any(things.get(random.nextInt(things.size())));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("S1: counters, index and tree agree after any operations")
  void operations_any_leaveCountersIndexAndTreeInAgreement(long seed) {
    random = new Random(seed);
    Set<Kind> seen = EnumSet.noneOf(Kind.class);
    try (Api api = Api.open()) {
      for (int i = 0; i < OPERATIONS; i++) {
        operation(api);
        if (i % 10 == 0) seen.addAll(Consistency.check(api));
      }
      seen.addAll(Consistency.check(api));
      assertThat(seen).as("worth something").containsExactly(Kind.values());
      for (int a = 0; a < 3; a++) api.delete("/acquisitions/a" + a);
      assertThat(SessionData.topics(api)).isEmpty();
    }
  }
}
