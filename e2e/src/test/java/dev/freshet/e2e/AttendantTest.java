package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.Freshet;
import dev.freshet.application.Application;
import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.event.Filter;
import dev.freshet.event.TopicPattern;
import dev.freshet.subscription.Backlog;
import dev.freshet.subscription.EndReason;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestClient;
import dev.freshet.testkit.TestServer;
import dev.freshet.view.NativeRepresentation;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an application hears of its streams, owns, and begins and ends (PROTOCOL §8). */
class AttendantTest {
  /** A chat: one feed, which can be over. */
  private static final class Chat implements Application, Attendant {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile @Nullable ClientStream stream;
    private volatile boolean over;

    @Override
    public String name() {
      return "chat";
    }

    @Override
    public URL openApi() {
      return Objects.requireNonNull(AttendantTest.class.getResource("chat.yaml"));
    }

    @Override
    public Map<String, Operation> operations() {
      return Map.of();
    }

    @Override
    public Map<String, Feed> feeds() {
      Feed feed =
          call ->
              over
                  ? Optional.empty()
                  : Optional.of(
                      new Feed.Selection(Filter.of("chat/*"), NativeRepresentation.NATIVE)
                          .with(new Backlog(Filter.of("chat/*"), 2))
                          .with(this));
      return Map.of("watchChat", feed);
    }

    @Override
    public List<TopicPattern> owned() {
      return List.of(TopicPattern.of("chat/rules/**"));
    }

    @Override
    public void start(Freshet freshet) {
      heard.add("start");
    }

    @Override
    public void stop() {
      heard.add("stop");
    }

    @Override
    public void opened(ClientStream opened) {
      stream = opened;
      heard.add("opened");
    }

    @Override
    public void delivered(long offset) {
      heard.add("delivered " + offset);
    }

    @Override
    public void closed(String reason) {
      heard.add("closed " + reason);
    }
  }

  private final Chat chat = new Chat();
  private final TestServer server =
      TestServer.start(Map.of("stream.stall", "2s", "stream.heartbeat", "1s"), chat);
  private final TestClient client = server.client(token());

  private String token() {
    return server.token("acme", "me", List.of("chat/**"), List.of("chat/**"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RawConnection connect() throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    raw.head("GET /chat HTTP/1.1", "Host: x", "Authorization: Bearer " + token());
    return raw;
  }

  private void say(String text) {
    client.post(
        "/v1/events", "{\"topic\":\"chat/room\",\"type\":\"said\",\"data\":\"" + text + "\"}");
  }

  @Test
  void attendant_hearsTheLifeOfAStream_inOrder() throws IOException {
    say("one");
    say("two");
    say("three");
    try (RawConnection raw = connect()) {
      assertThat(raw.readUntil("stream.live"))
          .contains("\"two\"", "\"three\"")
          .doesNotContain("\"one\"");
      await().untilAsserted(() -> assertThat(chat.heard).endsWith("opened", "delivered 3"));
      say("four");
      await().untilAsserted(() -> assertThat(chat.heard).endsWith("delivered 4"));
    }
    await()
        .untilAsserted(() ->
            assertThat(chat.heard)
                .containsExactly(
                    "start", "opened", "delivered 3", "delivered 4", "closed disconnected"));
  }

  @Test
  void attendant_endsTheStream_andLaterConnectsAreToldNotToComeBack_U7() throws IOException {
    try (RawConnection raw = connect()) {
      raw.readUntil("stream.live");
      await().until(() -> chat.stream != null);
      chat.over = true;
      Objects.requireNonNull(chat.stream).end(EndReason.COMPLETED);
      assertThat(raw.readUntil("stream.end")).contains("stream.end");
    }
    await().untilAsserted(() -> assertThat(chat.heard).endsWith("closed completed"));
    assertThat(client.get("/chat").statusCode()).isEqualTo(204);
  }

  @Test
  void attendant_isNotToldOfBytesThatNeverLeft() throws IOException {
    try (RawConnection raw = connect()) {
      raw.readUntil("stream.live");
      await().untilAsserted(() -> assertThat(chat.heard).endsWith("opened", "delivered 0"));
      // More than the socket's buffers hold, to a client that has stopped reading.
      String text = "x".repeat(500_000);
      for (int i = 0; i < 40; i++) say(text);
      await().untilAsserted(() -> assertThat(chat.heard).endsWith("closed disconnected"));
      assertThat(chat.heard).doesNotContain("delivered 40");
    }
  }

  @Test
  void ownedTopics_areWrittenByNobodyElse_whateverTheGrant() {
    String event = "{\"topic\":\"chat/rules/1\",\"type\":\"rule\"}";
    var refused = client.post("/v1/events", event);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("topic_owned");
    assertThat(refused.body()).contains("chat/rules/1", "chat/rules/**");
    assertThat(code(client.put("/v1/state/chat/rules", "{}"))).isEqualTo("topic_owned");
    assertThat(code(client.delete("/v1/state/chat/rules/2"))).isEqualTo("topic_owned");
    assertThat(client.put("/v1/state/chat/room", "{}").statusCode()).isEqualTo(201);
    assertThat(server.freshet().tenant("acme").log().head().offset()).isEqualTo(1);
  }

  @Test
  void application_isStoppedWithItsServer_andStartedWithTheNext() {
    server.restart();
    assertThat(chat.heard).containsExactly("start", "stop", "start");
  }
}
