package dev.freshet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Json;
import dev.freshet.schemas.Parcels.Box;
import dev.freshet.schemas.Parcels.Depot;
import dev.freshet.schemas.Parcels.Happening;
import dev.freshet.schemas.Parcels.Moved;
import dev.freshet.schemas.Parcels.Parcel;
import dev.freshet.schemas.Parcels.Road;
import dev.freshet.schemas.Parcels.Speed;
import dev.freshet.schemas.Parcels.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** The file is what the tests of the TypeScript begin with. */
class PayloadSchemaTest {
  private static final Path FILE =
      Path.of("src/test/resources/dev/freshet/schemas/parcels.schema.json");

  private final PayloadSchema schema =
      new PayloadSchema("ParcelEvents", "The payloads of parcels' events, by type.")
          .events(Happening.class)
          .type(Parcel.class)
          .named(Speed.class, "ParcelSpeed");

  @Test
  void schema_ofEachWayToDeclare_isTheFile() throws IOException {
    schema.isWrittenTo(FILE);
  }

  static List<Record> payloads() {
    Road road = new Road(2.5, null);
    Depot depot = new Depot("Ulm", Depot.Size.SMALL);
    return List.of(
        new Taken("ada", Speed.FAST),
        new Moved(road, List.of(depot, road), null),
        new Moved(depot, List.of(), road),
        new Parcel(
            7, depot, Json.NULL.node(), Map.of("Ulm", 2), Map.of(), List.of("x"), true, "ada"));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void payload_asItIsWritten_isWhatTheSchemaSays(Record payload) {
    if (payload instanceof Parcel parcel) {
      ObjectNode unsigned = Json.MAPPER.<ObjectNode>valueToTree(parcel).without("signature");
      assertThat(schema.faults(Parcel.class, unsigned)).isEmpty();
    } else {
      schema.describes(payload);
    }
  }

  @Test
  void union_ofAnotherName_isRefused() {
    ObjectNode moved = Json.MAPPER.valueToTree(new Moved(new Road(1, 1.0), List.of(), null));
    assertThat(schema.faults(Moved.class, moved)).isEmpty();
    ((ObjectNode) moved.get("from")).put("kind", "depot");
    assertThat(schema.faults(Moved.class, moved)).isNotEmpty();
  }

  @Test
  void union_whoseMembersCannotBeTold_isRefused() {
    assertThatThrownBy(() -> new PayloadSchema("X", "X").type(Box.class).text())
        .hasMessageContaining("Untold has no @JsonTypeInfo");
    assertThatThrownBy(() -> new PayloadSchema("X", "X").events(Parcels.Untold.class))
        .hasMessageContaining("Told has no @JsonTypeName");
  }

  @Test
  void names_thatTwoTypesHave_areRefused() {
    PayloadSchema twice = new PayloadSchema("X", "X").type(Taken.class).type(Road.class);
    assertThatThrownBy(() -> twice.named(Road.class, "Taken").text())
        .hasMessageContaining("'Taken' is both");
  }

  @Test
  void description_thatSaysTheSameOtherwise_agrees() throws IOException {
    schema.agreesWith(getClass().getResource("parcels.yaml"), "Parcel", Parcel.class);
    schema.agreesWith(getClass().getResource("parcels.yaml"), "Moved", Moved.class);
  }

  @ParameterizedTest
  @CsvSource({
    "WrongType,    integer",
    "TooLittle,    .by",
    "TooMuch,      .at",
    "MayBeMissing, .speed?",
    "WrongValues,  medium"
  })
  void description_thatDiffers_isNamed(String called, String where) {
    assertThatThrownBy(
            () -> schema.agreesWith(getClass().getResource("parcels.yaml"), called, Taken.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(called)
        .hasMessageContaining(where);
  }
}
