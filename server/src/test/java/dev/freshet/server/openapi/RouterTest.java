package dev.freshet.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.server.problem.HttpProblem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final List<Route> ROUTES =
      ApiDocument.load("test", Objects.requireNonNull(RouterTest.class.getResource("routes.yaml")))
          .routes();

  private final Router router = new Router(ROUTES);

  private Match match(String method, String path) {
    return router.match(method, path);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/things,listThings",
    "POST,/things,addThing",
    "GET,/things/counts,countThings",
    "GET,/things/7,readThing",
    "DELETE,/things/counts,removeThing",
    "GET,/things/7/parts,listParts",
    "GET,/tree/a,readTree",
    "GET,/tree/a/b/c,readTree",
  })
  void path_described_leadsToItsOperation(String method, String path, String operation) {
    assertThat(match(method, path))
        .isInstanceOfSatisfying(
            Match.Found.class, f -> assertThat(f.route().operationId()).isEqualTo(operation));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/thing",
        "/things/",
        "/things/7/",
        "/things//parts",
        "/tree",
        "/tree/",
        "/things/7/parts/1"
      })
  void path_notDescribed_isUnknown(String path) {
    assertThat(match("GET", path)).isEqualTo(new Match.Unknown());
  }

  @Test
  void method_notDescribed_namesThoseThatAre() {
    assertThat(match("PATCH", "/things/7"))
        .isEqualTo(new Match.WrongMethod(Set.of("GET", "DELETE")));
  }

  @Test
  void parameter_encoded_isDecodedOnce() {
    assertThat(match("GET", "/things/a%2Fb%2525")).isEqualTo(found(Map.of("id", "a/b%25")));
    assertThat(match("GET", "/tree/a%2Fb/c")).isEqualTo(found("readTree", Map.of("path", "a/b/c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%c0%af", "a%"})
  void parameter_badlyEncoded_isRefused(String value) {
    assertThatThrownBy(() -> match("GET", "/things/" + value)).isInstanceOf(HttpProblem.class);
  }

  @Test
  void routes_withTheSameMethodAndPath_areRefused() {
    List<Route> twice = List.of(ROUTES.getFirst(), ROUTES.getFirst());
    assertThatThrownBy(() -> new Router(twice)).isInstanceOf(IllegalStateException.class);
  }

  private static Match.Found found(Map<String, String> path) {
    return found("readThing", path);
  }

  private static Match.Found found(String operation, Map<String, String> path) {
    Route route =
        ROUTES.stream().filter(r -> r.operationId().equals(operation)).findFirst().orElseThrow();
    return new Match.Found(route, path);
  }
}
