package dev.freshet.server.cli;

import dev.freshet.simulator.Recorder;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code record microscopy}: a proxy between agents and their server. */
@Command(
    name = "microscopy",
    description = {
      "Listens for the agents of microscopes, passes on what they send, and writes each report to a file until Ctrl-C.",
      "Point the agents at it in place of the server. The file holds paths, bodies and times, a line of JSON a report; no"
          + " tokens, no cookies, and nothing of what is only read."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RecordMicroscopyCommand implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("(?:(.*):)?([0-9]{1,5})");
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Where to write; it must not exist yet")
  private Path file;

  @Option(
      names = "--listen",
      paramLabel = "[HOST]:PORT",
      defaultValue = ":8081",
      description =
          "Where agents find it (default: ${DEFAULT-VALUE}); without a host on this machine only, with 0.0.0.0 on all"
              + " its addresses; port 0 takes a free one")
  private String listen;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The server (default: ${DEFAULT-VALUE})")
  private URI url;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.plain();
    if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
      throw usage("--url: '" + url + "' is no server; give http(s)://HOST[:PORT]");
    }
    Recorder recorder = recorder();
    Shutdown.run(() -> end(recorder));
    String host = address().getHostString();
    spec.commandLine()
        .getOut()
        .println(
            "recording to " + file + ": agents report to http://" + host + ":" + recorder.port());
    spec.commandLine().getOut().flush();
    recorder.await();
    return 0;
  }

  private Recorder recorder() throws IOException {
    try {
      return new Recorder(address(), url, file);
    } catch (FileAlreadyExistsException exists) {
      throw usage("'" + file + "' exists already; name another file");
    } catch (BindException taken) {
      throw new IOException("cannot listen on " + listen + " (" + taken.getMessage() + ")", taken);
    }
  }

  private InetSocketAddress address() {
    Matcher address = ADDRESS.matcher(listen);
    if (!address.matches() || Integer.parseInt(address.group(2)) > MAX_PORT) {
      throw usage("--listen: '" + listen + "' is no address; give :PORT or HOST:PORT");
    }
    String host = address.group(1);
    return new InetSocketAddress(
        host == null || host.isEmpty() ? "127.0.0.1" : host, Integer.parseInt(address.group(2)));
  }

  private void end(Recorder recorder) {
    try {
      recorder.close();
    } catch (IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
    }
    spec.commandLine().getErr().println("reports in " + file + ": " + recorder.reports());
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
