package dev.freshet.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Publishes 200-byte events. Arguments: url, token. Commands: {@code run SECONDS THREADS BATCH RATE
 * TOPIC}: RATE is events a second in all, 0 for as fast as it is acknowledged; {@code #N} in the
 * topic is a random number below N. Answers: events acknowledged, requests refused, microseconds
 * until acknowledged at the median and the 99th percentile.
 */
public final class Publisher {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final String token;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final ConcurrentHistogram micros = new ConcurrentHistogram(3_600_000_000L, 3);

  private Publisher(String[] args) {
    url = URI.create(args[0] + "/v1/events");
    token = args[1];
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Publisher publisher = new Publisher(args);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] c = line.split(" ", -1);
      System.out.println(
          publisher.run(
              Double.parseDouble(c[1]),
              Integer.parseInt(c[2]),
              Integer.parseInt(c[3]),
              Double.parseDouble(c[4]),
              c[5]));
    }
  }

  private String run(double seconds, int threads, int batch, double rate, String topic)
      throws InterruptedException {
    acknowledged.set(0);
    refused.set(0);
    micros.reset();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      double share = rate / threads;
      running.add(Thread.ofVirtual().start(() -> publish(end, batch, share, topic)));
    }
    for (Thread thread : running) thread.join();
    return "%d %d %d %d"
        .formatted(
            acknowledged.get(),
            refused.get(),
            micros.getValueAtPercentile(50),
            micros.getValueAtPercentile(99));
  }

  private void publish(long end, int batch, double rate, String topic) {
    long interval = rate <= 0 ? 0 : (long) (1e9 * batch / rate);
    long next =
        System.nanoTime() + (interval == 0 ? 0 : ThreadLocalRandom.current().nextLong(interval));
    while (System.nanoTime() < end) {
      if (interval > 0) {
        LockSupport.parkNanos(next - System.nanoTime());
        next += interval;
      }
      send(batch, topic);
    }
  }

  private void send(int batch, String topic) {
    StringBuilder body = new StringBuilder(batch * 260);
    for (int i = 0; i < batch; i++) body.append(event(topic)).append('\n');
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    long begun = System.nanoTime();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status == 201) acknowledged.addAndGet(batch);
      else refused.incrementAndGet();
    } catch (IOException broken) {
      refused.incrementAndGet();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    micros.recordValue((System.nanoTime() - begun) / 1000);
  }

  private static final String PADDING = "x".repeat(150);

  private static String event(String topic) {
    Instant now = Instant.now();
    long sent = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    return "{\"topic\":\""
        + expand(topic)
        + "\",\"type\":\"bench\",\"data\":{\"sentMicros\":"
        + sent
        + ",\"pad\":\""
        + PADDING
        + "\"}}";
  }

  private static String expand(String topic) {
    int hash = topic.indexOf('#');
    if (hash < 0) return topic;
    return topic.substring(0, hash)
        + ThreadLocalRandom.current().nextInt(Integer.parseInt(topic.substring(hash + 1)));
  }
}
