package dev.freshet.benchmarks.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the benchmark's own, spoken to in lines. */
final class Worker implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;

  private Worker(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class with this JVM's class path. */
  static Worker java(List<String> jvm, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new Worker(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  Probe probe() {
    return new Probe(process.pid());
  }

  /** Sends a line and reads the answer's. */
  String ask(String line) throws IOException {
    in.write(line);
    in.newLine();
    in.flush();
    return read();
  }

  String read() throws IOException {
    String line = out.readLine();
    if (line == null) throw new IOException("the process ended");
    return line;
  }

  /** Reads lines until one contains the text. */
  String awaitLine(String text) throws IOException {
    String line = read();
    while (!line.contains(text)) line = read();
    return line;
  }

  /** Keeps the process from blocking on its own output. */
  void drain() {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (out.readLine() != null) {}
          } catch (IOException ended) {
            // The process is gone, and with it what it had to say.
          }
        });
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(20, TimeUnit.SECONDS)) return;
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
