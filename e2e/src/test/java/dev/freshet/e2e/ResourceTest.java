package dev.freshet.e2e;

import static dev.freshet.testkit.TestClient.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.application.Application;
import dev.freshet.application.Feed;
import dev.freshet.application.Operation;
import dev.freshet.application.ResourceFeed;
import dev.freshet.resource.LoadException;
import dev.freshet.resource.Loaded;
import dev.freshet.resource.Pace;
import dev.freshet.resource.Resource;
import dev.freshet.testkit.RawConnection;
import dev.freshet.testkit.TestServer;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A document that an application can load, streamed over HTTP (PROTOCOL §8.7). */
class ResourceTest {
  private static final String DOWN = "down";
  private static final String NONE = "none";

  /** An application that knows one parcel's stage. */
  private static final class Parcels implements Application {
    private final AtomicInteger loads = new AtomicInteger();
    private volatile String stage = "packed";

    @Override
    public String name() {
      return "parcels";
    }

    @Override
    public URL openApi() {
      return Objects.requireNonNull(ResourceTest.class.getResource("parcels.yaml"));
    }

    @Override
    public Map<String, Operation> operations() {
      return Map.of();
    }

    @Override
    public Map<String, Feed> feeds() {
      Pace pace =
          Pace.every(Duration.ofMillis(20))
              .linger(Duration.ofSeconds(1))
              .retry(Duration.ofMillis(10), Duration.ofMillis(20));
      return Map.of(
          "watchParcel",
          new ResourceFeed(
              call ->
                  Resource.of("parcels/" + call.pathParameter("id"), before -> load()).pace(pace),
              Duration.ofSeconds(5)));
    }

    private Loaded load() throws LoadException {
      loads.incrementAndGet();
      String now = stage;
      return switch (now) {
        case DOWN -> throw new LoadException("carrier_down", "no answer from 10.0.0.7");
        case NONE -> Loaded.gone();
        case "delivered" -> Loaded.of(Map.of("stage", now)).ending();
        default -> Loaded.of(Map.of("stage", now));
      };
    }
  }

  private final Parcels parcels = new Parcels();
  private final TestServer server = TestServer.start(Map.of("stream.heartbeat", "1s"), parcels);
  private final List<RawConnection> open = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    leave();
    server.close();
  }

  private void leave() throws IOException {
    for (RawConnection viewer : open) viewer.close();
  }

  private RawConnection connect(String target, String grant, String... headers) throws IOException {
    RawConnection raw = RawConnection.open(server.port());
    open.add(raw);
    String token = server.token("acme", "me", List.of(grant), List.of());
    List<String> lines =
        new ArrayList<>(
            List.of("GET " + target + " HTTP/1.1", "Host: x", "Authorization: Bearer " + token));
    lines.addAll(List.of(headers));
    return raw.head(lines.toArray(String[]::new));
  }

  private RawConnection watch(String... headers) throws IOException {
    return connect("/parcels/7", "parcels/**", headers);
  }

  private static String document(String stage) {
    return "data: {\"stage\":\"" + stage + "\"}";
  }

  @Test
  void viewers_shareALoader_andItRestsWhenTheyHaveGone() throws Exception {
    parcels.stage = "packed";
    for (int i = 0; i < 30; i++)
      assertThat(watch().readUntil(document("packed"))).endsWith(document("packed"));
    int before = parcels.loads.get();
    long begin = System.nanoTime();
    Thread.sleep(500);
    long intervals = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 20;
    assertThat(parcels.loads.get() - before).isBetween(1, (int) intervals + 2);
    parcels.stage = "sent";
    for (RawConnection viewer : open)
      assertThat(viewer.readUntil(document("sent"))).endsWith(document("sent"));
    leave();
    await().until(() -> server.freshet().tenant("acme").resources().active().isEmpty());
    int then = parcels.loads.get();
    Thread.sleep(100);
    assertThat(parcels.loads).hasValue(then);
    // Only what changed is in the log, not what was loaded (S5).
    assertThat(server.freshet().tenant("acme").log().head().offset()).isEqualTo(2);
  }

  @Test
  void failures_areShownAsStale_alsoToWhoComesLater_andItRecovers() throws IOException {
    RawConnection viewer = watch();
    viewer.readUntil(document("packed"));
    parcels.stage = DOWN;
    assertThat(viewer.readUntil("\"retryAt\""))
        .contains("event: resource.stale", "\"code\":\"carrier_down\"")
        .doesNotContain("10.0.0.7");
    RawConnection late = watch();
    assertThat(late.readUntil("\"retryAt\"")).contains(document("packed"), "event: resource.stale");
    parcels.stage = "sent";
    assertThat(viewer.readUntil(document("sent"))).contains("event: resource.fresh");
  }

  @Test
  void terminal_endsTheStreams_andWhoHasSeenItIsToldNotToComeBack_U7() throws IOException {
    RawConnection viewer = watch();
    viewer.readUntil(document("packed"));
    parcels.stage = "delivered";
    String rest = viewer.readAll();
    assertThat(rest).contains(document("delivered"), "event: stream.end", "completed");
    String id =
        Pattern.compile("(?m)^id: (.+)$")
            .matcher(rest)
            .results()
            .reduce((first, second) -> second)
            .orElseThrow()
            .group(1);
    assertThat(watch("Last-Event-ID: " + id).readUntil("\r\n")).contains(" 204 ");
    assertThat(watch().readAll()).contains(document("delivered"), "event: stream.end");
    int then = parcels.loads.get();
    assertThat(watch().readAll()).contains(document("delivered"));
    assertThat(parcels.loads).hasValue(then);
  }

  @Test
  void viewerWithoutTheGrant_isToldThatThereIsNothing_andNothingIsLoaded_A1() {
    var client = server.client(server.token("acme", "her", List.of("parcels/8"), List.of()));
    var refused = client.get("/parcels/7");
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(code(refused)).isEqualTo("not_found");
    assertThat(parcels.loads).hasValue(0);
  }

  @Test
  void documentThatIsNotThere_is404_andOneThatCannotBeLoaded503() {
    var client = server.client(server.token("acme", "me", List.of("parcels/**"), List.of()));
    parcels.stage = NONE;
    assertThat(client.get("/parcels/7").statusCode()).isEqualTo(404);
    parcels.stage = DOWN;
    var failed = client.get("/parcels/7");
    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(code(failed)).isEqualTo("carrier_down");
    assertThat(failed.headers().firstValue("retry-after")).isPresent();
    assertThat(failed.body()).doesNotContain("10.0.0.7");
  }

  @Test
  void patches_areSentWhereTheyAreAskedFor() throws IOException {
    RawConnection viewer = connect("/parcels/7?format=patch", "parcels/**");
    viewer.readUntil("stream.live");
    parcels.stage = "sent";
    assertThat(viewer.readUntil("\"sent\"")).contains("event: state.update", "\"base\":1");
  }
}
