package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Filter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProcessingTest {
  private static final String MICROGRAPH = "/micrographs/g-s1-h1-m1";
  private static final String MOTION = MICROGRAPH + "/motion_correction/";
  private static final String CTF = MICROGRAPH + "/ctf_estimation/";

  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
    SessionData.grid(api, "a", "g", 1, 1, 1);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private List<String> events(String topic) {
    return api.tenant().log().read(Filter.of(topic), 0, Long.MAX_VALUE, 100).events().stream()
        .filter(event -> event.revision() == null)
        .map(event -> event.event().type() + " " + event.event().data())
        .toList();
  }

  private List<String> metrics() {
    return events("instruments/m12/acquisitions/a/metrics");
  }

  @Test
  void completed_results_areTheMicrographsAndTold() {
    assertThat(api.post(MOTION + "completed", "{'total_motion':12.5,'average_motion':0.3}"))
        .hasToString("202 {\"published\":true}");
    assertThat(api.post(CTF + "completed", "{'ctf_max_res':3.1}").status()).isEqualTo(202);
    JsonNode micrograph = api.get(MICROGRAPH).body();
    assertThat(micrograph.path("average_motion").asDouble()).isEqualTo(0.3);
    assertThat(micrograph.path("ctf_max_resolution_estimate").asDouble()).isEqualTo(3.1);
    assertThat(micrograph.path("status").asString()).isEqualTo("ctf completed");
    assertThat(metrics())
        .containsExactly(
            "processing.metric {\"micrograph_uuid\":\"g-s1-h1-m1\",\"foilhole_uuid\":\"g-s1-h1\","
                + "\"total_motion\":12.5,\"average_motion\":0.3,\"ctf_max_resolution_estimate\":null,"
                + "\"number_of_particles_picked\":null,\"number_of_particles_selected\":null}",
            "processing.metric {\"micrograph_uuid\":\"g-s1-h1-m1\",\"foilhole_uuid\":\"g-s1-h1\","
                + "\"total_motion\":12.5,\"average_motion\":0.3,\"ctf_max_resolution_estimate\":3.1,"
                + "\"number_of_particles_picked\":null,\"number_of_particles_selected\":null}");
  }

  @Test
  void completed_lateResult_doesNotTakeTheStatusBack() {
    api.put(MICROGRAPH, "{'status':'particle picking started'}");
    api.post(MOTION + "completed", "{'total_motion':1,'average_motion':1}");
    assertThat(api.get(MICROGRAPH).body().path("status").asString())
        .isEqualTo("particle picking started");
  }

  @Test
  @DisplayName("S5: the same result again is not told again")
  void completed_sameResultAgain_isNotToldAgain() {
    api.post(CTF + "completed", "{'ctf_max_res':3.1}");
    api.post(CTF + "completed", "{'ctf_max_res':3.1}");
    assertThat(metrics()).hasSize(1);
  }

  @Test
  void update_particles_isToldAsMetric() {
    api.put(MICROGRAPH, "{'number_of_particles_picked':200,'defocus':1}");
    api.put(MICROGRAPH, "{'defocus':2}");
    assertThat(metrics())
        .hasSize(1)
        .first()
        .asString()
        .contains("\"number_of_particles_picked\":200");
  }

  @Test
  void create_withResults_isToldAsMetric() {
    api.post("/foilholes/g-s1-h1/micrographs", "{'uuid':'n','foilhole_id':'8','total_motion':4}");
    assertThat(metrics()).hasSize(1);
  }

  @Test
  void registered_isToldOnTheMicrographsTopic() {
    assertThat(api.post(MOTION + "registered", "{'quality':true}").status()).isEqualTo(202);
    assertThat(api.post(CTF + "registered", "{'quality':false,'metric_name':'m'}").status())
        .isEqualTo(202);
    assertThat(events("instruments/m12/acquisitions/a/micrographs/g-s1-h1/g-s1-h1-m1"))
        .containsExactly(
            "motion_correction.registered {\"micrograph_uuid\":\"g-s1-h1-m1\",\"quality\":true,\"metric_name\":null}",
            "ctf_estimation.registered {\"micrograph_uuid\":\"g-s1-h1-m1\",\"quality\":false,\"metric_name\":\"m\"}");
    assertThat(metrics()).isEmpty();
  }

  @Test
  void unknownMicrograph_is404() {
    assertThat(api.post("/micrographs/x/ctf_estimation/completed", "{'ctf_max_res':3}").status())
        .isEqualTo(404);
    assertThat(api.post("/micrographs/x/motion_correction/registered", "{'quality':true}").status())
        .isEqualTo(404);
  }
}
