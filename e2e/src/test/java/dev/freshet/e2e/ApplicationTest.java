package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static dev.freshet.testkit.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Applications beside the native routes (PROTOCOL §8). */
class ApplicationTest {
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of(), new Shop(true));
    client = server.client(server.token("acme", "me", List.of("orders/**"), List.of("orders/**")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void operation_isRoutedValidatedAndAnswered() {
    assertThat(client.put("/shop/orders/7", "{\"total\":12}").statusCode()).isEqualTo(204);
    assertThat(client.get("/shop/orders/7").body()).isEqualTo("{\"total\":12}");
    assertThat(code(client.get("/shop/orders/8"))).isEqualTo("no_order");
    assertThat(code(server.stranger().get("/shop/orders/7"))).isEqualTo("unauthenticated");
    assertThat(code(client.post("/shop/orders/7", "{}"))).isEqualTo("method_not_allowed");
    assertThat(server.metric("freshet_problems_total{code=\"no_order\"}")).isEqualTo(1);
  }

  @Test
  void problem_mayHaveTheApplicationsOwnBody() {
    var wrong = client.put("/shop/orders/7", "{\"total\":\"12\"}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).isEqualTo("{\"wrong\":\"/total\"}");
    assertThat(wrong.headers().firstValue("content-type")).contains("application/json");
    assertThat(client.put("/shop/orders/x", "{\"total\":12}").body())
        .isEqualTo("{\"wrong\":\"id\"}");
  }

  @Test
  void failure_unexpected_tellsNothingOfTheInside_R4() {
    var failed = client.get("/shop/broken");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(code(failed)).isEqualTo("internal");
    assertThat(failed.body())
        .doesNotContain("secret", "Exception", "dev.freshet")
        .contains("incident");
    assertThat(failed.headers().firstValue("retry-after")).isPresent();
    assertThat(server.metric("freshet_problems_total{code=\"internal\"}")).isEqualTo(1);
  }

  @Test
  void feed_isStreamedOrPaged() throws IOException {
    client.put("/shop/orders/1", "{\"total\":1}");
    var page = client.get("/shop/orders?prefix=1", "Accept", "application/json");
    assertThat(json(page).at("/events/0/data/topic").asString()).isEqualTo("orders/1");
    String token = server.token("acme", "me", List.of("orders/**"), List.of());
    try (RawConnection raw = RawConnection.open(server.port())) {
      raw.head("GET /shop/orders?prefix=1 HTTP/1.1", "Host: x", "Authorization: Bearer " + token);
      assertThat(raw.readUntil("stream.live")).contains("event: state.initial", "\"total\":1");
    }
  }

  @Test
  void document_showsItsRoutesUnderItsName() {
    var document = json(server.stranger().get("/openapi.json"));
    assertThat(document.at("/paths/~1shop~1orders~1{id}/put/requestBody").toString())
        .contains("#/components/schemas/shop.Order");
    assertThat(document.path("components").path("schemas").has("shop.Order")).isTrue();
  }

  @Test
  void application_withARouteThatNothingAnswers_stopsTheStart() {
    assertThatThrownBy(() -> TestServer.start(Map.of(), new Shop(false)))
        .hasMessage("shop: routes without a handler: [putOrder, readOrder]");
    assertThatThrownBy(() -> TestServer.start(Map.of(), new Shop(true), new Shop(true)))
        .isInstanceOf(IllegalStateException.class);
  }
}
