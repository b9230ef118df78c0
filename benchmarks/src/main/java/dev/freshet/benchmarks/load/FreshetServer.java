package dev.freshet.benchmarks.load;

import dev.freshet.server.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The real server as a process of its own, on a data directory that goes with it. */
final class FreshetServer implements AutoCloseable {
  static final String URL = "http://127.0.0.1:18080";
  private static final String CONFIG =
      """
      log:
        durability: DURABILITY
      limits:
        principal-connections: 20000
        tenant-connections: 20000
        publish-rate: 100000000
        request-rate: 10000000
      """;

  final Worker process;
  final String token;
  private final Path data;

  private FreshetServer(Worker process, String token, Path data) {
    this.process = process;
    this.token = token;
    this.data = data;
  }

  static FreshetServer start(String durability) throws IOException {
    return start(durability, "");
  }

  /**
   * @param more of the configuration, in YAML
   */
  static FreshetServer start(String durability, String more) throws IOException {
    Path data = Files.createTempDirectory("freshet-bench");
    Path config =
        Files.writeString(
            data.resolve("bench.yaml"), CONFIG.replace("DURABILITY", durability) + more);
    Worker process =
        Worker.java(
            LoadBenchmark.SERVER_JVM,
            Main.class,
            "serve",
            "--port",
            "18080",
            "--data",
            data.toString(),
            "--config",
            config.toString());
    awaitPort();
    process.drain();
    return new FreshetServer(process, token(data), data);
  }

  private static void awaitPort() throws IOException {
    for (int attempt = 0; attempt < 300; attempt++) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 18080), 100);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(100_000_000);
      }
    }
    throw new IOException("the server did not start");
  }

  private static String token(Path data) throws IOException {
    try (Worker minting =
        Worker.java(
            List.of(),
            Main.class,
            "token",
            "--tenant",
            "bench",
            "--subject",
            "bench",
            "--read",
            "**",
            "--write",
            "**",
            "--ttl",
            "6h",
            "--data",
            data.toString())) {
      return minting.read();
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
    delete(data);
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }
}
