package dev.freshet.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.DoubleStream;

/** What a server counts. */
final class Metrics {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest request;

  Metrics(String url) {
    request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
  }

  /**
   * @param name with its labels, as it is on the line
   */
  double value(String name) throws IOException, InterruptedException {
    return values(name + " ").findFirst().orElseThrow(() -> new IOException("no metric " + name));
  }

  /**
   * @param name without labels, whatever they are
   */
  double sum(String name) throws IOException, InterruptedException {
    return values(name + "{").sum();
  }

  private DoubleStream values(String beginning) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(beginning))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
  }
}
