package dev.freshet.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** Sends requests side by side, and counts what comes of them. */
final class Requests {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final String token;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ConcurrentHistogram micros = new ConcurrentHistogram(3_600_000_000L, 3);

  Requests(String url, String token) {
    this.url = URI.create(url);
    this.token = token;
  }

  /** Sends one; {@code worth} is what it counts for when it is acknowledged. */
  void send(String method, String path, String contentType, String body, int worth) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", contentType)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    long begun = System.nanoTime();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 300) acknowledged.addAndGet(worth);
      else refused.incrementAndGet();
    } catch (IOException broken) {
      refused.incrementAndGet();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    micros.recordValue((System.nanoTime() - begun) / 1000);
  }

  /** The body of the answer. */
  String post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return answer(request);
  }

  String get(String path) throws IOException, InterruptedException {
    return answer(
        HttpRequest.newBuilder(url.resolve(path))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  private String answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) throw new IOException(answer.body());
    return answer.body();
  }

  /**
   * Repeats a call on some threads for some time.
   *
   * @param rate calls a second in all; 0 for as fast as they are done
   * @return acknowledged, refused, microseconds until acknowledged at the median and the 99th
   *     percentile
   */
  String repeat(double seconds, int threads, double rate, Runnable call)
      throws InterruptedException {
    acknowledged.set(0);
    refused.set(0);
    micros.reset();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(Thread.ofVirtual().start(() -> repeat(end, rate / threads, call)));
    }
    for (Thread thread : running) thread.join();
    return "%d %d %d %d"
        .formatted(
            acknowledged.get(),
            refused.get(),
            micros.getValueAtPercentile(50),
            micros.getValueAtPercentile(99));
  }

  private static void repeat(long end, double rate, Runnable call) {
    long interval = rate <= 0 ? 0 : (long) (1e9 / rate);
    long next =
        System.nanoTime() + (interval == 0 ? 0 : ThreadLocalRandom.current().nextLong(interval));
    while (System.nanoTime() < end) {
      if (interval > 0) {
        LockSupport.parkNanos(next - System.nanoTime());
        next += interval;
      }
      call.run();
    }
  }
}
