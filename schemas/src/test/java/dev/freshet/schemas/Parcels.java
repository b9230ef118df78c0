package dev.freshet.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An application's payloads: each way in which a record can say something. */
final class Parcels {
  private Parcels() {}

  /** What happens to a parcel: an event each. */
  sealed interface Happening {}

  /**
   * Somebody has it.
   *
   * @param by who has it now
   */
  @JsonTypeName("parcel:taken")
  record Taken(String by, Speed speed) implements Happening {}

  @JsonTypeName("parcel:moved")
  record Moved(Place from, List<Place> via, @Nullable Place to) implements Happening {}

  /** Where a parcel is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  sealed interface Place {}

  /** On its way, or not. */
  @JsonTypeName("road")
  record Road(double km, @Nullable Double kmh) implements Place {}

  @JsonTypeName("depot")
  record Depot(String town, Size size) implements Place {
    /** Inside a record, an enum has no name of its own. */
    enum Size {
      SMALL,
      LARGE
    }
  }

  /**
   * All of it.
   *
   * @param notes whatever the sender has put there
   * @param scans by town
   * @param signature left out until there is one
   */
  record Parcel(
      long id,
      Place place,
      JsonNode notes,
      Map<String, Integer> scans,
      Map<String, Place> places,
      List<String> labels,
      boolean fragile,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String signature) {}

  /** A sealed interface whose records can't be told apart. */
  sealed interface Untold {}

  record Told(String what) implements Untold {}

  record Box(Untold inside) {}

  /** How fast. */
  enum Speed {
    SLOW,
    FAST;

    @JsonValue
    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
