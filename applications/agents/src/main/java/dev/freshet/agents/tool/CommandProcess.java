package dev.freshet.agents.tool;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One program at work. When it is over, whether it ended, was told to leave off by an interrupt,
 * took too long or filled its directory, so is everything that it began: its descendants are looked
 * up while it runs, and those that left the family are known by a mark in their environment.
 */
final class CommandProcess {
  private static final String MARK = "FRESHET_CALL";
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration READ = Duration.ofMillis(500);
  private static final int KILLS = 20;
  private static final boolean PROC = Files.isDirectory(Path.of("/proc/self"));

  private final List<String> line;
  private final Sandbox sandbox;
  private final Duration time;
  private final int most;
  private final String mark = UUID.randomUUID().toString();
  private final Map<Long, ProcessHandle> family = new LinkedHashMap<>();

  /** What a stream said. */
  record Said(String text, boolean cut) {}

  /** How it ended. */
  record Ended(int exitCode, Said output, Said error) {}

  CommandProcess(List<String> line, Sandbox sandbox, Duration time, int most) {
    this.line = List.copyOf(line);
    this.sandbox = sandbox;
    this.time = time;
    this.most = most;
  }

  Ended run() throws ToolException, IOException, InterruptedException {
    Process process = start();
    Reader output = new Reader(process.getInputStream(), most);
    Reader error = new Reader(process.getErrorStream(), most);
    try {
      awaitOrKill(process);
      return new Ended(process.exitValue(), output.said(), error.said());
    } finally {
      // Closes its streams, too: not before they are read.
      process.destroyForcibly();
    }
  }

  private void awaitOrKill(Process process)
      throws ToolException, IOException, InterruptedException {
    try {
      await(process);
    } finally {
      kill(process);
    }
    if (sandbox.overfull())
      throw new ToolException(
          "the command left more in the run's directory than it may have (agents.files,"
              + " agents.directory-bytes)");
  }

  private Process start() throws ToolException {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.directory(sandbox.directory().toFile());
    builder.redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", Commands.PATH);
    environment.put("HOME", sandbox.directory().toString());
    environment.put("LANG", "C.UTF-8");
    environment.put(MARK, mark);
    try {
      return builder.start();
    } catch (IOException failed) {
      throw new ToolException("the command could not be started");
    }
  }

  private void await(Process process) throws ToolException, IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      remember(process.descendants());
      if (System.nanoTime() > end)
        throw new ToolException("the command took longer than " + time.toSeconds() + " s");
      if (sandbox.overfull())
        throw new ToolException(
            "the command put more into the run's directory than it may have (agents.files,"
                + " agents.directory-bytes)");
    }
  }

  private void remember(Stream<ProcessHandle> handles) {
    handles.forEach(handle -> family.put(handle.pid(), handle));
  }

  /** Again and again, since what is being killed may have begun something else meanwhile. */
  private void kill(Process process) {
    remember(process.descendants());
    process.toHandle().destroyForcibly();
    for (int i = 0; i < KILLS; i++) {
      marked().forEach(handle -> family.put(handle.pid(), handle));
      for (ProcessHandle handle : List.copyOf(family.values())) remember(handle.descendants());
      List<ProcessHandle> alive = family.values().stream().filter(ProcessHandle::isAlive).toList();
      if (alive.isEmpty()) break;
      alive.forEach(ProcessHandle::destroyForcibly);
    }
    awaitEnd(process);
  }

  private static void awaitEnd(Process process) {
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private Stream<ProcessHandle> marked() {
    return PROC ? ProcessHandle.allProcesses().filter(this::marked) : Stream.empty();
  }

  private boolean marked(ProcessHandle handle) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + handle.pid() + "/environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
    } catch (IOException notOurs) {
      return false;
    }
  }

  /** Reads all that is said, so that nobody waits for it to be read, and keeps the beginning. */
  private static final class Reader {
    private static final int BLOCK = 8 << 10;

    private final InputStream in;
    private final int most;
    private final Thread thread;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean more;

    Reader(InputStream in, int most) {
      this.in = in;
      this.most = most;
      // Not a virtual thread: reading a pipe holds on to its carrier.
      this.thread = Thread.ofPlatform().daemon().name("command-output").start(this::read);
    }

    private void read() {
      byte[] block = new byte[BLOCK];
      try {
        for (int n = in.read(block); n >= 0; n = in.read(block)) keep(block, n);
      } catch (IOException closed) {
        // It is over.
      }
    }

    private synchronized void keep(byte[] block, int length) {
      int room = Math.min(length, most - kept.size());
      kept.write(block, 0, room);
      more |= room < length;
    }

    Said said() throws InterruptedException {
      thread.join(READ);
      synchronized (this) {
        return new Said(Utf8.lenient(kept.toByteArray(), most), more);
      }
    }
  }
}
