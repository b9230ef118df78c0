package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NewestTest {
  private static final String PATH = "/acquisitions/a/micrographs";

  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
    SessionData.grid(api, "a", "g", 1, 2, 0);
    SessionData.acquisition(api, "b", "m12");
    SessionData.grid(api, "b", "x", 1, 1, 1);
    micrographs("m1", "m2", "m3");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void micrographs(String... uuids) {
    for (String uuid : uuids) SessionData.micrograph(api, "g-s1-h1", uuid);
  }

  private List<String> newest(String query) {
    return api.get(PATH + query).body().findValuesAsString("uuid");
  }

  @Test
  @DisplayName("§8.4: newest first, each once, with the values that it has")
  void newest_added_orChanged_isFirst() {
    assertThat(newest("")).containsExactly("m3", "m2", "m1");
    api.put("/micrographs/m1", "{'defocus':1}");
    api.post("/micrographs/m1/ctf_estimation/completed", "{'ctf_max_res':3.1}");
    SessionData.micrograph(api, "g-s1-h2", "m4");
    assertThat(newest("")).containsExactly("m4", "m1", "m3", "m2");
    assertThat(newest("?limit=2")).containsExactly("m4", "m1");
    assertThat(api.get(PATH).body().get(1)).isEqualTo(api.get("/micrographs/m1").body());
  }

  @Test
  void newest_judged_isNotChanged() {
    api.post("/micrographs/m1/motion_correction/registered", "{'quality':true}");
    assertThat(newest("")).containsExactly("m3", "m2", "m1");
  }

  @Test
  void newest_deleted_isNotThere() {
    api.delete("/micrographs/m3");
    assertThat(newest("?limit=1")).containsExactly("m2");
    api.delete("/acquisitions/a");
    assertThat(api.get(PATH).status()).isEqualTo(404);
  }

  @Test
  void newest_manyChangesOfOne_findsTheOthersToo() {
    for (int i = 0; i < 200; i++) api.put("/micrographs/m1", "{'defocus':" + i + "}");
    assertThat(newest("?limit=2")).containsExactly("m1", "m3");
    assertThat(newest("?limit=3")).containsExactly("m1", "m3", "m2");
  }

  @Test
  void newest_moreThanTheDefault_isFifty() {
    micrographs(IntStream.range(0, 60).mapToObj(i -> "n" + i).toArray(String[]::new));
    assertThat(newest("")).hasSize(50).startsWith("n59", "n58").endsWith("n10");
    assertThat(newest("?limit=500")).hasSize(63).endsWith("m3", "m2", "m1");
  }

  @Test
  void newest_movedElsewhere_isFoundThere() {
    api.put("/acquisitions/a", "{'instrument_id':'m99'}");
    micrographs("m4");
    assertThat(newest("")).hasSize(4).startsWith("m4");
  }

  @Test
  @DisplayName("A1: what may not be read leaves no trace")
  void newest_ofPartlyReadable_isTheReadablePart() {
    SessionData.micrograph(api, "g-s1-h2", "hidden");
    Api part = api.as("instruments/m12/acquisitions/a", "");
    assertThat(part.get(PATH)).hasToString("200 []");
    assertThat(part.get("/acquisitions/a/timeline").status()).isEqualTo(404);
  }
}
