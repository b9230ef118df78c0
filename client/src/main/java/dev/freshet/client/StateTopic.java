package dev.freshet.client;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The state of one topic on the server (PROTOCOL §5). Immutable: a condition or a cause gives
 * another handle, for use in one write. Thread-safe. Every call blocks until the server answered,
 * tries again what time may heal, and throws {@link ProblemException} or {@link
 * java.io.UncheckedIOException}.
 *
 * <p>A write whose answer was lost is repeated only where a second one changes nothing: not a
 * conditional one, which would find its own version, and not a patch.
 */
public final class StateTopic {
  private final Sender sender;
  private final String topic;
  private final Map<String, String> headers;
  private final boolean conditional;
  private final boolean ending;

  StateTopic(Sender sender, String topic) {
    this(sender, topic, Map.of(), false, false);
  }

  private StateTopic(
      Sender sender,
      String topic,
      Map<String, String> headers,
      boolean conditional,
      boolean ending) {
    this.sender = sender;
    this.topic = topic;
    this.headers = headers;
    this.conditional = conditional;
    this.ending = ending;
  }

  /** Demands the version: otherwise 412 {@code version_mismatch}, and nothing changes (S2). */
  public StateTopic ifMatch(long version) {
    return with("If-Match", "\"" + version + "\"", true);
  }

  /** Demands that there is no value yet (S2). */
  public StateTopic ifAbsent() {
    return with("If-None-Match", "*", true);
  }

  /** Names who or what makes the change, for those who see it. */
  public StateTopic cause(String type, String id) {
    return with("Freshet-Cause-Type", type, conditional).with("Freshet-Cause-Id", id, conditional);
  }

  /** Makes the change the topic's last (U7). */
  public StateTopic ending() {
    return new StateTopic(sender, topic, headers, conditional, true);
  }

  private StateTopic with(String header, String value, boolean nowConditional) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new StateTopic(sender, topic, more, nowConditional || conditional, ending);
  }

  /** The value now; empty if there is none, or none that may be read. */
  public Optional<StateValue> get() throws InterruptedException {
    try {
      HttpResponse<byte[]> response = sender.send(Request.of("GET", target()));
      JsonNode value = Json.tree(Json.readable(response.body()));
      return Optional.of(new StateValue(value, Inquiries.version(response.headers()).orElse(0)));
    } catch (ProblemException problem) {
      if (problem.status() == 404) return Optional.empty();
      throw problem;
    }
  }

  /** Sets the value: what Jackson can write, or null for JSON {@code null}. */
  public Written put(Object value) throws InterruptedException {
    return write("PUT", "application/json", value, !conditional);
  }

  /** Applies a JSON Patch (RFC 6902): an array of operations. */
  public Written patch(Object operations) throws InterruptedException {
    return write("PATCH", "application/json-patch+json", operations, false);
  }

  /** Applies a merge patch (RFC 7396). */
  public Written merge(Object patch) throws InterruptedException {
    return write("PATCH", "application/merge-patch+json", patch, !conditional);
  }

  /** Removes the value; where there is none, nothing changes. */
  public void delete() throws InterruptedException {
    sender.send(request("DELETE").repeatable(!conditional));
  }

  private Written write(String method, String contentType, Object body, boolean repeatable)
      throws InterruptedException {
    Request request = request(method).body(contentType, body).repeatable(repeatable);
    return Written.read(Json.tree(Json.readable(sender.send(request).body())));
  }

  private Request request(String method) {
    Request request = Request.of(method, ending ? target() + "?end=true" : target());
    for (var header : headers.entrySet()) {
      request = request.header(header.getKey(), header.getValue());
    }
    return request;
  }

  private String target() {
    return "/v1/state/" + Url.path(topic);
  }
}
