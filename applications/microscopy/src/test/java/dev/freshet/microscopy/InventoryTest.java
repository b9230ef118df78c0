package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.Principal;
import dev.freshet.application.ProblemException;
import dev.freshet.event.Json;
import dev.freshet.state.StateException;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class InventoryTest {
  private static final Place ACQUISITION = new Place(Kind.ACQUISITION, "m12", "a", "", "a");

  private final Api api = Api.open();

  @BeforeEach
  void begin() {
    SessionData.acquisition(api, "a", "m12");
    SessionData.grid(api, "a", "g", 2, 1, 1);
    SessionData.atlas(api, "g", 2);
    SessionData.link(api, "g-atlas-t1", "g-s1");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Inventory inventory() {
    return Inventory.of(api.tenant().log(), ACQUISITION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "post   | /foilholes/g-s1-h1/micrographs    | {'uuid':'n','foilhole_id':'8'}",
        "post   | /atlases/g-atlas/tiles            | {'uuid':'n','atlas_uuid':'g-atlas'}",
        "post   | /atlas-tiles/g-atlas-t1/gridsquares/g-s2"
            + " | {'center_x':1,'center_y':1,'size_width':1,'size_height':1}",
        "delete | /micrographs/g-s1-h1-m1           | {}",
        "delete | /atlas-tiles/g-atlas-t2           | {}",
        "delete | /atlases/g-atlas                  | {}",
        "delete | /gridsquares/g-s1                 | {}",
        "put    | /acquisitions/a                   | {'instrument_id':'m99'}"
      })
  void inventory_anythingAddedRemovedOrMoved_isAnother(String method, String path, String body) {
    Inventory before = inventory();
    Api.Answer answer =
        switch (method) {
          case "post" -> api.post(path, body);
          case "put" -> api.put(path, body);
          default -> api.delete(path);
        };
    assertThat(answer.status()).isLessThan(300);
    assertThat(inventory()).isNotEqualTo(before);
    assertThatThrownBy(() -> demand(before)).isInstanceOf(StateException.PreconditionFailed.class);
  }

  private void demand(Inventory inventory) {
    Ledger.commit(
        api.tenant(),
        ledger -> {
          ledger.requireUnchanged(inventory);
          return inventory;
        });
  }

  @Test
  void link_whileAnotherServerDeletesTheSquare_leavesNothing() {
    Api other = api.ofAnotherServer();
    List<ObjectNode> positions = List.of(position("g-s1"), position("g-s2"));
    AtomicBoolean deleted = new AtomicBoolean();
    List<ObjectNode> interrupted =
        new AbstractList<>() {
          @Override
          public ObjectNode get(int index) {
            if (index == 1 && !deleted.getAndSet(true)) other.delete("/gridsquares/g-s1");
            return positions.get(index);
          }

          @Override
          public int size() {
            return positions.size();
          }
        };
    Access all = new Access(Principal.embedded("facility"));
    assertThatThrownBy(
            () -> Ledger.commit(api.tenant(), new Linkage(all, "g-atlas-t2", interrupted)))
        .isInstanceOf(ProblemException.class);
    assertThat(deleted).isTrue();
    Consistency.check(api);
  }

  private static ObjectNode position(String square) {
    return Json.MAPPER.createObjectNode().put("gridsquare_uuid", square);
  }

  @Test
  void inventory_valuesChanged_isTheSame() {
    Inventory before = inventory();
    for (String path : List.of("/grids/g", "/atlases/g-atlas")) {
      assertThat(api.put(path, "{'name':'other'}").status()).isEqualTo(200);
    }
    SessionData.link(api, "g-atlas-t1", "g-s1");
    api.put("/micrographs/g-s1-h1-m1", "{'total_motion':3}");
    assertThat(inventory()).isEqualTo(before);
    demand(before);
  }
}
