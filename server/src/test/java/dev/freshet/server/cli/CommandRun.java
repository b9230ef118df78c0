package dev.freshet.server.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import picocli.CommandLine;

/** A command run against a server that gives every request the same answer. */
final class CommandRun implements AutoCloseable {
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  CommandRun(int status, String contentType, String body) throws IOException {
    server.createContext("/", exchange -> answer(exchange, status, contentType, body));
    server.start();
  }

  private void answer(HttpExchange exchange, int status, String contentType, String body)
      throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", contentType);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The exit code. */
  int run(Object command, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--url=http://127.0.0.1:" + server.getAddress().getPort());
    all.add("--token=t");
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler((failure, line, parsed) -> {
          line.getErr().println(failure.getMessage());
          return 1;
        })
        .execute(all.toArray(String[]::new));
  }

  List<String> requests() {
    return requests;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
