package dev.freshet.tasks.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.event.Filter;
import dev.freshet.event.Json;
import dev.freshet.net.AddressRules;
import dev.freshet.net.Connector;
import dev.freshet.net.Resolver;
import dev.freshet.tasks.Fixture;
import dev.freshet.tasks.Fixture.Answer;
import dev.freshet.tasks.Fixture.Caller;
import dev.freshet.tasks.Status;
import dev.freshet.tasks.Tasks;
import dev.freshet.tasks.transfer.SourceServer.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Transfers from a server that misbehaves as it is told. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class TransferTest {
  private static final int SIZE = 300_000;

  @TempDir private Path directory;
  private Path root;
  private final SourceServer server = new SourceServer();
  private Fixture fixture;
  private Caller me;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(directory.resolve("incoming"));
    Files.createDirectories(directory.resolve("files/acme"));
    fixture = new Fixture(tasks(settings(true)));
    me = fixture.me();
  }

  @AfterEach
  void stop() {
    fixture.close();
    server.close();
  }

  private Transfer.Settings settings(boolean privateAddresses) {
    return new Transfer.Settings(
        List.of(root),
        List.of(directory.resolve("files") + "/{tenant}"),
        privateAddresses,
        4,
        64 << 10,
        0,
        Duration.ofSeconds(2),
        Duration.ofMillis(700),
        4,
        Duration.ofMillis(10),
        Duration.ofMillis(100));
  }

  private static Tasks tasks(Transfer.Settings settings) {
    return tasks(new Transfer(settings));
  }

  private static Tasks tasks(Transfer transfer) {
    return new Tasks(
        new Tasks.Settings(Duration.ofMillis(100), 8, 4, 100, 100, Duration.ofDays(1), 1 << 20),
        transfer);
  }

  private static ObjectNode request(String... urls) {
    ObjectNode request = Json.MAPPER.createObjectNode().put("kind", "transfer");
    var sources = request.putObject("params").putArray("sources");
    for (String url : urls) sources.addObject().put("url", url);
    return request;
  }

  private static ObjectNode source(ObjectNode request, int index) {
    return (ObjectNode) request.at("/params/sources/" + index);
  }

  private static ObjectNode params(ObjectNode request) {
    return (ObjectNode) request.path("params");
  }

  private String begin(ObjectNode request) {
    Answer made = me.create(request.toString());
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    return made.id();
  }

  private JsonNode run(ObjectNode request) {
    return me.ended(begin(request));
  }

  private JsonNode completed(ObjectNode request) {
    JsonNode task = run(request);
    assertThat(task.path("status").asString()).as("%s", task).isEqualTo("completed");
    return task;
  }

  /** The code and message of the only sub-task's error. */
  private JsonNode failed(ObjectNode request) {
    JsonNode task = run(request);
    assertThat(task.path("status").asString()).as("%s", task).isEqualTo("failed");
    return task.at("/subtasks/0/error");
  }

  private Path target(String name) {
    return root.resolve("acme").resolve(name);
  }

  private static String sum(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private List<String> left() throws IOException {
    try (var files = Files.list(root.resolve("acme"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void files_arriveWhole_inParts_andVerified() throws Exception {
    byte[] a = SourceServer.random(SIZE, 1);
    byte[] b = SourceServer.random(10, 2);
    server.serve("/a.bin", a);
    server.serve("/b.bin", b);
    server.serve("/empty", new byte[0]);
    ObjectNode request = request(server.url("/a.bin"), server.url("/b.bin"), server.url("/empty"));
    source(request, 0).put("sha256", sum(a).toUpperCase(java.util.Locale.ROOT)).put("size", SIZE);
    params(request).put("directory", "x/y");
    JsonNode task = completed(request);
    assertThat(target("x/y/a.bin")).hasBinaryContent(a);
    assertThat(target("x/y/b.bin")).hasBinaryContent(b);
    assertThat(target("x/y/empty")).isEmptyFile();
    assertThat(task.at("/subtasks/1/sha256").asString()).isEqualTo(sum(b));
    assertThat(task.at("/progress/bytesDone").asInt()).isEqualTo(SIZE + 10);
    assertThat(task.at("/progress/bytesTotal").asInt()).isEqualTo(SIZE + 10);
    assertThat(server.gets().stream().filter(r -> r.target().equals("/a.bin"))).hasSize(4);
    try (var files = Files.list(target("x/y"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("a.bin", "b.bin", "empty");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true,  true,  false, true",
    "false, true,  false, true",
    "true,  false, false, true",
    "false, false, false, true",
    "false, true,  true,  true",
    "false, true,  false, false"
  })
  void servers_ofAnyKind_areReadFrom(boolean ranges, boolean head, boolean chunked, boolean sized)
      throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 3);
    Served file = server.serve("/f", bytes);
    file.ranges = ranges;
    file.head = head;
    file.chunked = chunked;
    file.sized = sized;
    completed(request(server.url("/f")));
    assertThat(target("f")).hasBinaryContent(bytes);
  }

  @Test
  void connectionsThatAreCut_areMadeAgain_fromWhereTheyBroke() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 4);
    Served file = server.serve("/f", bytes);
    file.cuts.addAll(List.of(1000, 20_000, 0, 30_000, 40_000));
    ObjectNode request = request(server.url("/f"));
    params(request).put("parallelParts", 1);
    JsonNode task = completed(request);
    assertThat(target("f")).hasBinaryContent(bytes);
    assertThat(task.at("/subtasks/0/attempts").asInt()).isEqualTo(6);
    assertThat(server.gets().get(1).header("Range")).isEqualTo("bytes=1000-" + (SIZE - 1));
  }

  @Test
  void cutsWithoutRanges_beginAgain() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 5);
    Served file = server.serve("/f", bytes);
    file.ranges = false;
    file.cuts.addAll(List.of(1000, 200_000));
    completed(request(server.url("/f")));
    assertThat(target("f")).hasBinaryContent(bytes);
  }

  @Test
  void attempts_thatComeToNothing_haveAnEnd() throws Exception {
    Served file = server.serve("/f", SourceServer.random(SIZE, 6));
    file.cuts.addAll(List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    ObjectNode request = request(server.url("/f"));
    params(request).put("parallelParts", 1);
    JsonNode error = failed(request);
    assertThat(error.path("code").asString()).isEqualTo("connection_failed");
    assertThat(error.path("message").asString()).contains("4 attempts");
    assertThat(target("f")).doesNotExist();
  }

  @Test
  void unavailable_isTriedAgain_notSoonerThanRetryAfter() throws Exception {
    byte[] bytes = SourceServer.random(100, 7);
    Served file = server.serve("/f", bytes);
    file.instead.add("503 Service Unavailable\r\nRetry-After: 1");
    file.instead.add("429 Too Many Requests");
    long begin = System.nanoTime();
    completed(request(server.url("/f")));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(target("f")).hasBinaryContent(bytes);
  }

  @Test
  void refusals_areNotTriedAgain_andOthersGoOn() {
    byte[] bytes = SourceServer.random(100, 8);
    server.serve("/f", bytes);
    JsonNode task = run(request(server.url("/none"), server.url("/f")));
    assertThat(task.at("/error/code").asString()).isEqualTo("subtasks_failed");
    assertThat(task.at("/subtasks/0/error/code").asString()).isEqualTo("http_404");
    assertThat(task.at("/subtasks/1/status").asString()).isEqualTo("completed");
    assertThat(server.requests().stream().filter(r -> r.target().equals("/none"))).hasSize(2);
  }

  @Test
  void stalledSource_isGivenUpAndTriedAgain() throws Exception {
    byte[] bytes = SourceServer.random(1000, 9);
    Served file = server.serve("/f", bytes);
    file.cuts.add(100);
    file.hangs = true;
    long begin = System.nanoTime();
    JsonNode task = completed(request(server.url("/f")));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(700));
    assertThat(task.at("/subtasks/0/attempts").asInt()).isEqualTo(2);
    assertThat(target("f")).hasBinaryContent(bytes);
  }

  @Test
  void wrongSum_fails_andNamesBoth_andLeavesNothing() throws Exception {
    byte[] bytes = SourceServer.random(1000, 10);
    server.serve("/f", bytes);
    ObjectNode request = request(server.url("/f"));
    source(request, 0).put("sha256", "0".repeat(64));
    JsonNode error = failed(request);
    assertThat(error.path("code").asString()).isEqualTo("checksum_mismatch");
    assertThat(error.path("message").asString()).contains(sum(bytes), "0".repeat(64));
    assertThat(left()).isEmpty();
  }

  @Test
  void wrongSize_fails_beforeAnythingIsFetched() {
    server.serve("/f", SourceServer.random(1000, 11));
    ObjectNode request = request(server.url("/f"));
    source(request, 0).put("size", 999);
    assertThat(failed(request).path("code").asString()).isEqualTo("size_mismatch");
    assertThat(server.gets()).isEmpty();
  }

  @Test
  void target_thatExists_isKept_unlessItIsTheSame_orMayBeReplaced() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 12);
    server.serve("/f", bytes);
    Files.createDirectories(root.resolve("acme"));
    Files.writeString(target("f"), "mine");
    ObjectNode request = request(server.url("/f"));
    assertThat(failed(request).path("code").asString()).isEqualTo("target_exists");
    assertThat(target("f")).hasContent("mine");
    params(request).put("overwrite", true);
    completed(request);
    assertThat(target("f")).hasBinaryContent(bytes);
    int before = server.gets().size();
    ObjectNode same = request(server.url("/f"));
    source(same, 0).put("sha256", sum(bytes));
    JsonNode task = completed(same);
    assertThat(task.at("/progress/bytesDone").asInt()).isEqualTo(SIZE);
    assertThat(server.gets()).hasSize(before);
  }

  private String slowly(byte[] bytes) {
    Served file = server.serve("/f", bytes);
    file.bytesPerSecond = 60_000;
    String id = begin(request(server.url("/f")));
    await().until(() -> done(id) > 50_000);
    return id;
  }

  private long done(String id) {
    return me.read(id).body().at("/progress/bytesDone").asLong();
  }

  private long asked(int since) {
    return server.gets().stream()
        .skip(since)
        .map(r -> r.header("Range").replace("bytes=", "").split("-", 2))
        .mapToLong(r -> Long.parseLong(r[1]) - Long.parseLong(r[0]) + 1)
        .sum();
  }

  @Test
  void restart_goesOnFromTheJournal() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 13);
    String id = slowly(bytes);
    fixture.restart(tasks(settings(true)));
    long kept = done(id);
    int before = server.gets().size();
    assertThat(me.ended(id).path("status").asString()).isEqualTo("completed");
    assertThat(target("f")).hasBinaryContent(bytes);
    assertThat(kept).isGreaterThan(50_000);
    assertThat(asked(before)).isLessThanOrEqualTo(SIZE - 50_000);
    assertThat(left()).containsExactly("f");
  }

  @Test
  void retry_ofACancelledTask_goesOnWithThePartialFile() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 14);
    String id = slowly(bytes);
    long begin = System.nanoTime();
    assertThat(me.call("cancelTask", "", "task_id=" + id).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    int before = server.gets().size();
    Answer retried = me.call("retryTask", "", "task_id=" + id);
    assertThat(me.ended(retried.id()).path("status").asString()).isEqualTo("completed");
    assertThat(target("f")).hasBinaryContent(bytes);
    assertThat(asked(before)).isLessThanOrEqualTo(SIZE - 50_000);
  }

  @Test
  void delete_removesThePartialFiles() throws Exception {
    String id = slowly(SourceServer.random(SIZE, 15));
    me.call("deleteTask", "", "task_id=" + id);
    assertThat(left()).isEmpty();
  }

  @Test
  void changedSource_isFetchedFromItsBeginning() throws Exception {
    byte[] before = SourceServer.random(SIZE, 16);
    byte[] after = SourceServer.random(SIZE, 17);
    String id = slowly(before);
    fixture.restart(new Tasks(Tasks.Settings.DEFAULT, new Transfer(Transfer.Settings.DEFAULT)));
    server.serve("/f", after);
    me.ended(id);
    // The other settings know no root: the task failed, and kept what it had.
    fixture.restart(tasks(settings(true)));
    Answer retried = me.call("retryTask", "", "task_id=" + id);
    assertThat(me.ended(retried.id()).path("status").asString()).isEqualTo("completed");
    assertThat(target("f")).hasBinaryContent(after);
  }

  @Test
  void sourceThatChangesMidway_isFetchedFromItsBeginning() throws Exception {
    byte[] before = SourceServer.random(SIZE, 18);
    byte[] after = SourceServer.random(SIZE / 2, 19);
    Served file = server.serve("/f", before);
    file.bytesPerSecond = 60_000;
    file.cuts.addAll(List.of(30_000, 30_000, 30_000, 30_000));
    String id = begin(request(server.url("/f")));
    await().until(() -> done(id) > 20_000);
    server.serve("/f", after);
    assertThat(me.ended(id).path("status").asString()).isEqualTo("completed");
    assertThat(target("f")).hasBinaryContent(after);
  }

  @Test
  void brokenJournal_isNotBelieved() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 20);
    String id = slowly(bytes);
    me.call("cancelTask", "", "task_id=" + id);
    await().until(() -> left().contains(".f.freshet-journal"));
    Path journal = target(".f.freshet-journal");
    Files.writeString(
        journal, Files.readString(journal).replaceFirst("\"end\":[0-9]+", "\"end\":1"));
    Answer retried = me.call("retryTask", "", "task_id=" + id);
    assertThat(me.ended(retried.id()).path("status").asString()).isEqualTo("completed");
    assertThat(target("f")).hasBinaryContent(bytes);
  }

  @Test
  void status_goesForwardOnly_asViewersSeeIt() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 27);
    server.serve("/f", bytes).bytesPerSecond = 200_000;
    server.serve("/g", bytes);
    ObjectNode request = request(server.url("/f"), server.url("/g"));
    String id = begin(request);
    me.ended(id);
    List<Status> statuses =
        fixture
            .freshet()
            .tenant("acme")
            .log()
            .read(Filter.of("tasks/" + id), 0, Long.MAX_VALUE, 1000)
            .events()
            .stream()
            .flatMap(recorded -> statuses(recorded.event().data().node()))
            .toList();
    assertThat(statuses).isSorted().contains(Status.RUNNING, Status.COMPLETED);
  }

  /** That of the task in a value or in a patch. */
  private static Stream<Status> statuses(JsonNode data) {
    if (data.isObject())
      return Stream.of(Status.named(data.path("status").asString()).orElseThrow());
    return data.valueStream()
        .filter(operation -> operation.path("path").asString().equals("/status"))
        .map(operation -> Status.named(operation.path("value").asString()).orElseThrow());
  }

  /** As after a crash between the file's getting its name and the log's saying so. */
  @Test
  void file_thatHasItsNameAlready_isCompleted() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 26);
    server.serve("/f", bytes);
    completed(request(server.url("/f")));
    long length = SIZE;
    new Journal(
            server.url("/f"),
            new Identity("\"x\"", null, length),
            List.of(new Journal.Span(0, length, length)),
            sum(bytes))
        .write(target(".f.freshet-journal"));
    int before = server.requests().size();
    completed(request(server.url("/f")));
    assertThat(server.requests()).hasSize(before);
    assertThat(left()).containsExactly("f");
  }

  @Test
  void fullDisk_isSaidAsSuch_andFailsTheTask() {
    TransferException full = Storage.failure(new IOException("No space left on device"));
    assertThat(full.error().code()).isEqualTo("disk_full");
    assertThat(full.scope()).isEqualTo(TransferException.Scope.TASK);
    assertThatThrownBy(() -> Storage.requireRoom(root, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            TransferException.class, e -> assertThat(e.error().code()).isEqualTo("disk_full"));
    assertThat(Storage.failure(new IOException("/secret/path")).error().message())
        .doesNotContain("secret");
  }

  @Test
  void bandwidth_isBounded_andProgressTold() {
    server.serve("/f", SourceServer.random(SIZE, 21));
    ObjectNode request = request(server.url("/f"));
    params(request).put("bandwidth", 150_000);
    long begin = System.nanoTime();
    String id = begin(request);
    await().until(() -> me.read(id).body().at("/progress/etaSeconds").isNumber());
    JsonNode progress = me.read(id).body().path("progress");
    assertThat(progress.path("bytesPerSecond").asLong()).isBetween(20_000L, 400_000L);
    me.ended(id);
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/f",
        "http://localhost:1/f",
        "http://2130706433:1/f",
        "http://[::1]:1/f",
        "http://[::ffff:127.0.0.1]:1/f",
        "https://169.254.169.254/latest/meta-data",
        "http://0/f"
      })
  void privateAddresses_areRefused_unlessConfigured(String url) {
    fixture.restart(tasks(settings(false)));
    JsonNode error = failed(request(url));
    assertThat(error.path("code").asString()).isEqualTo("address_refused");
    assertThat(error.path("message").asString()).contains("tasks.private-addresses");
  }

  /** The name means a public address when it is first looked up, and this machine after that. */
  @Test
  void name_thatMeansAnotherAddressAMomentLater_gainsNothing() {
    server.serve("/f", new byte[10]);
    AtomicInteger lookups = new AtomicInteger();
    Resolver rebinding =
        host ->
            new InetAddress[] {
              InetAddress.getByName(
                  lookups.getAndIncrement() % 2 == 0 ? "203.0.112.1" : "127.0.0.1")
            };
    Connector connector =
        new Connector(
            new AddressRules(false, "tasks.private-addresses"),
            rebinding,
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            any -> true,
            Duration.ofMillis(50),
            Duration.ofMillis(200));
    fixture.restart(tasks(new Transfer(settings(false), connector)));
    failed(request("http://rebind.example:" + server.port() + "/f"));
    assertThat(lookups.get()).isPositive();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void allAddressesOfAName_mustBeAllowed() {
    Resolver mixed =
        host ->
            new InetAddress[] {
              InetAddress.getByName("203.0.112.1"), InetAddress.getByName("10.0.0.1")
            };
    Connector connector =
        new Connector(
            new AddressRules(false, "tasks.private-addresses"),
            mixed,
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            any -> true,
            Duration.ofMillis(50),
            Duration.ofMillis(200));
    fixture.restart(tasks(new Transfer(settings(false), connector)));
    assertThat(failed(request("http://mixed.example/f")).path("code").asString())
        .isEqualTo("address_refused");
  }

  @Test
  void redirects_areFollowed_checkedAtEachHop_andTheAuthorizationStaysAtItsOrigin()
      throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 22);
    try (SourceServer other = new SourceServer()) {
      other.serve("/g", bytes);
      server.serve("/f", new byte[0]).location = other.url("/g");
      ObjectNode request = request(server.url("/f"));
      source(request, 0).put("authorization", "Bearer abc");
      completed(request);
      assertThat(target("f")).hasBinaryContent(bytes);
      assertThat(server.requests()).allMatch(r -> r.header("Authorization").equals("Bearer abc"));
      assertThat(other.requests()).noneMatch(r -> r.headers().containsKey("Authorization"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://x/y", "http://user:pw@127.0.0.1/", "http:/x"})
  void redirects_toAnythingElse_areRefused(String location) {
    server.serve("/f", new byte[0]).location = location;
    assertThat(failed(request(server.url("/f"))).path("code").asString())
        .isEqualTo("redirect_refused");
  }

  @Test
  void redirects_inACircle_haveAnEnd() {
    server.serve("/f", new byte[0]).location = "/f";
    assertThat(failed(request(server.url("/f"))).path("code").asString())
        .isEqualTo("too_many_redirects");
  }

  @Test
  void credentials_areShownByNoRoute() {
    server.serve("/f", new byte[10]);
    ObjectNode request = request(server.url("/f?signature=secret1"));
    source(request, 0).put("name", "f").put("authorization", "Bearer secret2");
    JsonNode task = completed(request);
    assertThat(task.toString()).doesNotContain("secret").contains("/f?redacted");
    assertThat(server.gets().getFirst().target()).isEqualTo("/f?signature=secret1");
    assertThat(me.call("listTasks", "").body().toString()).doesNotContain("secret");
    assertThat(me.create(request("http://u:secret@x/f").toString()).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "/etc/passwd", "a\\\\b", "x:y", "a\\u0000b", ".", ""})
  void names_thatLeaveTheRoot_areRefused(String name) {
    String sources = "[{'url':'http://x/f','name':'" + name + "'}]";
    Answer refused = me.create("{'kind':'transfer','params':{'sources':" + sources + "}}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/pointer").asString())
        .isEqualTo("/params/sources/0/name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../other", "/etc", "a/../../b", "a\\\\..", "a//b"})
  void directories_thatLeaveTheRoot_areRefused(String path) {
    String params = "{'sources':[{'url':'http://x/f'}],'directory':'" + path + "'}";
    assertThat(me.create("{'kind':'transfer','params':" + params + "}").status()).isEqualTo(422);
  }

  @Test
  void directory_thatALinkLeadsElsewhere_isNotWritten() throws Exception {
    server.serve("/f", new byte[10]);
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createDirectories(root.resolve("acme"));
    Files.createSymbolicLink(target("link"), outside);
    ObjectNode request = request(server.url("/f"));
    params(request).put("directory", "link");
    assertThat(run(request).at("/error/code").asString()).isEqualTo("path_escapes_root");
    params(request).put("directory", "link/deeper");
    assertThat(run(request).at("/error/code").asString()).isEqualTo("path_escapes_root");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void linksInPlaceOfTheFiles_areNotWrittenThrough() throws Exception {
    byte[] bytes = SourceServer.random(10, 23);
    server.serve("/f", bytes);
    Path outside = Files.writeString(directory.resolve("outside"), "mine");
    Files.createDirectories(root.resolve("acme"));
    Files.createSymbolicLink(target("f"), outside);
    Files.createSymbolicLink(target(".f.freshet-part"), outside);
    ObjectNode request = request(server.url("/f"));
    assertThat(failed(request).path("code").asString()).isEqualTo("target_exists");
    params(request).put("overwrite", true);
    completed(request);
    assertThat(outside).hasContent("mine");
    assertThat(target("f")).hasBinaryContent(bytes);
    assertThat(Files.isSymbolicLink(target("f"))).isFalse();
  }

  @Test
  void tenants_writeToDirectoriesOfTheirOwn() {
    server.serve("/f", new byte[10]);
    completed(request(server.url("/f")));
    Caller other = fixture.caller("other", "me", "**", "**");
    String id = other.create(request(server.url("/f")).toString()).id();
    assertThat(other.ended(id).path("status").asString()).isEqualTo("completed");
    assertThat(root.resolve("other/f")).exists();
  }

  @Test
  void localFiles_areCopied_belowTheirRootsOnly() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 24);
    Path mine = Files.write(directory.resolve("files/acme/f"), bytes);
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Files.createSymbolicLink(directory.resolve("files/acme/link"), secret);
    completed(request(mine.toUri().toString()));
    assertThat(target("f")).hasBinaryContent(bytes);
    for (String url :
        List.of(
            secret.toUri().toString(),
            "file://" + directory + "/files/acme/../../secret",
            "file://" + directory + "/files/acme/%2e%2e/%2e%2e/secret",
            "file://" + directory + "/files/other/f",
            "file://host/etc/passwd",
            "file:f")) {
      assertThat(me.create(request(url).toString()).status()).as(url).isEqualTo(422);
    }
    ObjectNode link = request("file://" + directory + "/files/acme/link");
    assertThat(failed(link).path("code").asString()).isEqualTo("source_refused");
    ObjectNode none = request("file://" + directory + "/files/acme/none");
    assertThat(failed(none).path("code").asString()).isEqualTo("source_refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'sources':[]}",
        "{'sources':[{}]}",
        "{'sources':['http://x/f']}",
        "{'sources':[{'url':'ftp://x/f'}]}",
        "{'sources':[{'url':'http://x/'}]}",
        "{'sources':[{'url':'http:///f'}]}",
        "{'sources':[{'url':'x'}]}",
        "{'sources':[{'url':'http://x/f','sha256':'12'}]}",
        "{'sources':[{'url':'http://x/f','size':-1}]}",
        "{'sources':[{'url':'http://x/f','size':1.5}]}",
        "{'sources':[{'url':'http://x/f','authorization':'a\\r\\nb'}]}",
        "{'sources':[{'url':'http://x/f','more':1}]}",
        "{'sources':[{'url':'http://x/f'},{'url':'http://y/f'}]}",
        "{'sources':[{'url':'http://x/f'}],'root':'other'}",
        "{'sources':[{'url':'http://x/f'}],'parallelParts':5}",
        "{'sources':[{'url':'http://x/f'}],'bandwidth':1}",
        "{'sources':[{'url':'http://x/f'}],'overwrite':'yes'}",
        "{'sources':[{'url':'http://x/f'}],'more':1}"
      })
  void params_thatAreNotRight_areRefused(String params) {
    Answer refused = me.create("{'kind':'transfer','params':" + params + "}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().at("/errors/0/pointer").asString()).startsWith("/params");
  }

  @Test
  void twoTasksForOneFile_takeTurns() throws Exception {
    byte[] bytes = SourceServer.random(SIZE, 25);
    Served file = server.serve("/f", bytes);
    file.bytesPerSecond = 200_000;
    ObjectNode request = request(server.url("/f"));
    source(request, 0).put("sha256", sum(bytes));
    String first = begin(request);
    String second = begin(request);
    assertThat(me.ended(first).path("status").asString()).isEqualTo("completed");
    assertThat(me.ended(second).path("status").asString()).isEqualTo("completed");
    assertThat(target("f")).hasBinaryContent(bytes);
    assertThat(asked(0)).isEqualTo(SIZE);
  }
}
