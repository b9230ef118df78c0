package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.application.Problem.Invalid;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ShapeTest {
  private static final ApiDocument API = ApiDocument.load();

  private final Shape micrographs = new Shape(Kind.MICROGRAPH, API);

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }

  @Test
  void created_fewFieldsGiven_hasEveryFieldOfTheAnswer() {
    ObjectNode created =
        new Shape(Kind.FOILHOLE, API)
            .created(json("{'uuid':'f1','foilhole_id':'7','extra':1}"), "", "s1");
    assertThat(created.propertyNames())
        .containsExactlyElementsOf(
            API.fields("FoilHoleResponse").stream().map(Field::name).toList());
    assertThat(created.path("is_near_grid_bar").asBoolean(true)).isFalse();
    assertThat(created.path("status").asString()).isEqualTo("none");
    assertThat(created.path("quality").isNull()).isTrue();
  }

  @Test
  void created_acquisition_isStartedAndHasAName() {
    ObjectNode created =
        new Shape(Kind.ACQUISITION, API).created(json("{'uuid':'a','name':null}"), "", "");
    assertThat(created.path("name").asString()).isEqualTo("Unknown");
    assertThat(created.path("status").asString()).isEqualTo("started");
  }

  @Test
  void created_parentInBodyAndPath_isThePaths() {
    ObjectNode created =
        micrographs.created(json("{'uuid':'m','foilhole_id':'1','foilhole_uuid':'x'}"), "", "h1");
    assertThat(created.path("foilhole_uuid").asString()).isEqualTo("h1");
  }

  @Test
  void created_timeWithoutZone_hasOne() {
    ObjectNode created =
        micrographs.created(
            json("{'uuid':'m','acquisition_datetime':'2026-01-05T10:00:00'}"), "", "h1");
    assertThat(created.path("acquisition_datetime").asString()).isEqualTo("2026-01-05T10:00:00Z");
  }

  @Test
  void created_notATime_saysWhere() {
    assertThatThrownBy(() ->
            micrographs.created(json("{'uuid':'m','acquisition_datetime':'noon'}"), "/3", "h1"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().errors())
                    .extracting(Invalid::pointer)
                    .containsExactly("/3/acquisition_datetime"));
  }

  @Test
  void updated_somePartsGiven_keepsTheRest() {
    ObjectNode before =
        micrographs.created(json("{'uuid':'m','defocus':1.5,'detector_name':'K3'}"), "", "h1");
    ObjectNode after =
        micrographs.updated(
            before, json("{'defocus':null,'total_motion':12.25,'status':'ctf completed'}"));
    assertThat(after.path("defocus").isNull()).isTrue();
    assertThat(after.path("detector_name").asString()).isEqualTo("K3");
    assertThat(after.path("total_motion").asDouble()).isEqualTo(12.25);
    assertThat(after.path("status").asString()).isEqualTo("ctf completed");
    assertThat(before.path("total_motion").isNull()).as("the given one is untouched").isTrue();
  }

  @Test
  void updated_initialStatusOrNullWhereAValueIs_changesNothing() {
    ObjectNode before =
        micrographs.created(json("{'uuid':'m','status':'ctf completed'}"), "", "h1");
    assertThat(
            micrographs.updated(before, json("{'uuid':null,'status':'none','foilhole_uuid':null}")))
        .isEqualTo(before);
    assertThat(micrographs.updated(before, json("{'status':null}"))).isEqualTo(before);
  }
}
