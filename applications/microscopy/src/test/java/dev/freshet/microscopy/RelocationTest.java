package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.TopicPattern;
import dev.freshet.log.StateCut;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelocationTest {
  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    assertThat(api.post("/acquisitions", "{'uuid':'a'}").status()).isEqualTo(201);
    SessionData.grid(api, "a", "g", 2, 2, 2);
    SessionData.atlas(api, "g", 2);
    SessionData.link(api, "g-atlas-t1", "g-s1");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void put_otherInstrument_takesEverythingThere() {
    AcquisitionProgress before = SessionData.progress(api, "unknown", "a");
    var answer = api.put("/acquisitions/a", "{'instrument_id':'m12','status':'paused'}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("instrument_id").asString()).isEqualTo("m12");
    assertThat(SessionData.progress(api, "m12", "a")).isEqualTo(before.withStatus("paused"));
    try (StateCut left =
        api.tenant().log().states(List.of(TopicPattern.of("instruments/unknown/**")))) {
      assertThat(left.hasNext()).isFalse();
    }
    Api operator = api.as("instruments/m12/**", "");
    assertThat(operator.get("/micrographs").body()).hasSize(8);
    assertThat(operator.get("/micrographs/g-s2-h2-m2").status()).isEqualTo(200);
    assertThat(operator.get("/grids/g/atlas").body().path("tiles")).hasSize(2);
    assertThat(SessionData.topics(api))
        .contains("instruments/m12/acquisitions/a/positions/g-atlas-t1/g-s1");
  }

  @Test
  void put_otherInstrument_goesOnThere() {
    api.put("/acquisitions/a", "{'instrument_id':'m12'}");
    SessionData.micrograph(api, "g-s1-h1", "later");
    SessionData.link(api, "g-atlas-t2", "g-s1");
    assertThat(SessionData.progress(api, "m12", "a").micrographCount()).isEqualTo(9);
    assertThat(api.delete("/acquisitions/a").status()).isEqualTo(204);
    assertThat(SessionData.topics(api)).isEmpty();
  }

  @Test
  void put_sameInstrument_staysWhereItIs() {
    assertThat(api.put("/acquisitions/a", "{'instrument_id':null,'name':'n'}").status())
        .isEqualTo(200);
    assertThat(SessionData.progress(api, "unknown", "a").micrographCount()).isEqualTo(8);
  }
}
