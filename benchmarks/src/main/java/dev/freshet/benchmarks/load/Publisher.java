package dev.freshet.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Publishes 200-byte events. Arguments: url, token. Commands: {@code run SECONDS THREADS BATCH RATE
 * TOPIC}: RATE is events a second in all, 0 for as fast as it is acknowledged; {@code #N} in the
 * topic is a random number below N. Answers what {@link Requests#repeat} does.
 */
public final class Publisher {
  private static final String PADDING = "x".repeat(150);

  private final Requests requests;

  private Publisher(String[] args) {
    requests = new Requests(args[0], args[1]);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Publisher publisher = new Publisher(args);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] c = line.split(" ", -1);
      int batch = Integer.parseInt(c[3]);
      String answer =
          publisher.requests.repeat(
              Double.parseDouble(c[1]),
              Integer.parseInt(c[2]),
              Double.parseDouble(c[4]) / batch,
              () -> publisher.publish(batch, c[5]));
      System.out.println(answer);
    }
  }

  private void publish(int batch, String topic) {
    StringBuilder body = new StringBuilder(batch * 260);
    for (int i = 0; i < batch; i++) body.append(event(topic)).append('\n');
    requests.send("POST", "/v1/events", "application/x-ndjson", body.toString(), batch);
  }

  private static String event(String topic) {
    return "{\"topic\":\""
        + expand(topic)
        + "\",\"type\":\"bench\",\"data\":{\"sentMicros\":"
        + nowMicros()
        + ",\"pad\":\""
        + PADDING
        + "\"}}";
  }

  static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  private static String expand(String topic) {
    int hash = topic.indexOf('#');
    if (hash < 0) return topic;
    return topic.substring(0, hash)
        + ThreadLocalRandom.current().nextInt(Integer.parseInt(topic.substring(hash + 1)));
  }
}
