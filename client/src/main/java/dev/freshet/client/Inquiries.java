package dev.freshet.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks for the values that the {@link Replica} lost, a few at a time, while the stream goes on
 * (S4). A question is repeated after a failure that time may heal. Owned by the pulling thread;
 * answers come to it through the mailbox.
 */
final class Inquiries {
  private static final int MAX_AT_ONCE = 8;
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

  private final Transport transport;
  private final Backoff backoff;
  private final Time time;
  private final RandomGenerator random;
  private final Consumer<Signal> mailbox;
  private final PriorityQueue<Inquiry> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Inquiry::due));
  private int flying;

  Inquiries(
      Transport transport,
      Backoff backoff,
      Time time,
      RandomGenerator random,
      Consumer<Signal> mailbox) {
    this.transport = transport;
    this.backoff = backoff;
    this.time = time;
    this.random = random;
    this.mailbox = mailbox;
  }

  void ask(String topic) {
    waiting.add(Inquiry.first(topic, backoff));
  }

  /** When {@link #tick} has something to do. */
  long due() {
    return waiting.isEmpty() || flying == MAX_AT_ONCE ? Time.NEVER : waiting.element().due();
  }

  /** Sends what is due. */
  void tick(Replica replica) {
    while (due() <= time.nanos()) {
      Inquiry inquiry = waiting.remove();
      if (replica.asks(inquiry.topic())) send(inquiry.asked(transport.token()));
    }
  }

  private void send(Inquiry inquiry) {
    flying++;
    var request =
        transport
            .request("/v1/state/" + Url.path(inquiry.topic()), inquiry.token())
            .header("Accept", "application/json");
    var unused =
        transport
            .sendAsync(request)
            .whenComplete(
                (response, failure) -> mailbox.accept(new Signal.Told(inquiry, response, failure)));
  }

  /**
   * @throws ProblemException if a fresh token was refused too
   */
  void received(Signal.Told told, Replica replica) {
    flying--;
    Inquiry inquiry = told.inquiry();
    if (!replica.asks(inquiry.topic())) return;
    HttpResponse<byte[]> response = told.response();
    if (response == null) {
      again(inquiry, null);
    } else if (response.statusCode() == 200) {
      value(inquiry, response, replica);
    } else {
      refused(
          inquiry,
          ProblemException.of(response.statusCode(), response.headers(), response.body()),
          replica);
    }
  }

  private void value(Inquiry inquiry, HttpResponse<byte[]> response, Replica replica) {
    JsonNode value = Json.readable(response.body());
    OptionalLong version = version(response.headers());
    if (value == null
        || version.isEmpty()
        || !replica.answered(inquiry.topic(), value, version.getAsLong())) {
      again(inquiry, null);
    }
  }

  static OptionalLong version(HttpHeaders headers) {
    Matcher etag = ETAG.matcher(headers.firstValue("ETag").orElse(""));
    return etag.matches() ? OptionalLong.of(Long.parseLong(etag.group(1))) : OptionalLong.empty();
  }

  private void refused(Inquiry inquiry, ProblemException problem, Replica replica) {
    if (problem.status() == 401) {
      if (inquiry.refreshed() || transport.refreshed(inquiry.token()) == null) throw problem;
      waiting.add(inquiry.withFreshToken());
    } else if (problem.retryable()) {
      again(inquiry, problem.retryAfter().orElse(null));
    } else {
      replica.absent(inquiry.topic());
    }
  }

  private void again(Inquiry inquiry, @Nullable Duration atLeast) {
    Duration delay = inquiry.backoff().delay(random);
    if (atLeast != null && atLeast.compareTo(delay) > 0) delay = atLeast;
    waiting.add(inquiry.again(time.after(delay)));
  }
}
