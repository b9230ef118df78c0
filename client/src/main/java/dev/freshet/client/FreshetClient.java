package dev.freshet.client;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A connection to one Freshet server as one principal: publishes, reads and writes states, and
 * subscribes. Thread-safe.
 *
 * <p>But for {@link #subscribe} and {@link #follow}, every call blocks until the server answered.
 * What time may heal (no connection, 408, 429, 5xx) is tried again with full-jitter backoff, never
 * sooner than a {@code Retry-After}, until the builder's patience ends; then, or at once for any
 * other refusal, it throws {@link ProblemException}, or {@link java.io.UncheckedIOException} if
 * there was no answer.
 */
public final class FreshetClient implements AutoCloseable {
  private final Transport transport;
  private final Sender sender;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

  FreshetClient(Transport transport, Sender sender) {
    this.transport = transport;
    this.sender = sender;
  }

  /** A builder of a client for the server at this URI, without path or with the path of a proxy. */
  public static ClientBuilder to(URI base) {
    return new ClientBuilder(base);
  }

  /**
   * Publishes an event.
   *
   * @return when it is durable to the server's level (L1); exactly once, though the answer to a try
   *     may be lost, for all tries carry one idempotency key (L3)
   */
  public Published publish(Event event) throws InterruptedException {
    return publish(List.of(event));
  }

  /** Publishes events in one contiguous range, all or none (L4); otherwise as a single one. */
  public Published publish(List<Event> batch) throws InterruptedException {
    return publish(batch, UUID.randomUUID().toString());
  }

  /**
   * Publishes events unless the key was seen in the server's window; then answers what it answered
   * first (L3).
   *
   * @param idempotencyKey 1 to 128 printable ASCII characters
   */
  public Published publish(List<Event> batch, String idempotencyKey) throws InterruptedException {
    List<JsonNode> events = batch.stream().map(Event::body).toList();
    Request request =
        Request.of("POST", "/v1/events")
            .body("application/json", events.size() == 1 ? events.getFirst() : events)
            .header("Idempotency-Key", idempotencyKey);
    return Published.read(body(sender.send(request)));
  }

  /** The state of a topic; no request is made yet. */
  public StateTopic state(String topic) {
    return new StateTopic(sender, topic);
  }

  /** A subscription; it connects when it is first pulled, and the caller closes it. */
  public Subscription subscribe(SubscribeOptions options) {
    return subscription(options.plan());
  }

  /**
   * A subscription to a stream of an application (PROTOCOL §8), which resumes, ends and refreshes
   * tokens as any other. Its events come as {@link Delivery.PayloadReceived}, its states as they
   * are at each change, whole.
   */
  public Subscription follow(FollowOptions options) {
    return subscription(options.plan());
  }

  private Subscription subscription(StreamPlan plan) {
    Subscription subscription =
        new Subscription(plan, transport, sender.time(), sender.random(), subscriptions::remove);
    subscriptions.add(subscription);
    return subscription;
  }

  /**
   * Sends a request to a route of an application. It may be sent again although the first was
   * carried out and only its answer lost: the route must bear that.
   *
   * @param target path and query, from {@code /}
   * @param json what Jackson can write; null for no body
   */
  public Answer send(String method, String target, @Nullable Object json)
      throws InterruptedException {
    Request request = Request.of(method, target);
    if (json != null) request = request.body("application/json", json);
    HttpResponse<byte[]> response = sender.send(request);
    return new Answer(response.statusCode(), body(response));
  }

  private static JsonNode body(HttpResponse<byte[]> response) {
    return Json.tree(Json.readable(response.body()));
  }

  /** Closes every subscription and breaks every request under way. */
  @Override
  public void close() {
    List.copyOf(subscriptions).forEach(Subscription::close);
    transport.http().shutdownNow();
  }
}
