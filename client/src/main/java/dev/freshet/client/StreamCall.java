package dev.freshet.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request for a stream. Its bytes come to the mailbox a chunk at a time, each only when it was
 * asked for, so that a reader who stops reading stops the server, not this program's heap.
 */
final class StreamCall implements BodySubscriber<byte[]> {
  private static final int MAX_PROBLEM_BYTES = 1 << 16;
  private static final String CONTENT_TYPE = "text/event-stream";

  private final Consumer<Signal> mailbox;
  private final CompletableFuture<HttpResponse<byte[]>> answer;

  /** Completed with the subscription, so that the head is not announced before there is one. */
  private final CompletableFuture<byte[]> subscribed = new CompletableFuture<>();

  private volatile Flow.@Nullable Subscription upstream;

  StreamCall(Transport transport, HttpRequest request, Consumer<Signal> mailbox) {
    this.mailbox = mailbox;
    this.answer = transport.http().sendAsync(request, this::body);
    var unused =
        answer.whenComplete(
            (response, failure) -> mailbox.accept(new Signal.Answered(this, response, failure)));
  }

  static boolean isStream(int status, HttpHeaders headers) {
    return status == 200
        && headers.firstValue("Content-Type").orElse("").strip().startsWith(CONTENT_TYPE);
  }

  /** Why this answer is no stream. */
  static ProblemException problem(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status != 200) return ProblemException.of(status, response.headers(), response.body());
    String type = response.headers().firstValue("Content-Type").orElse("no content type");
    return ProblemException.local(
        status, "not_an_event_stream", type + " where text/event-stream was asked for");
  }

  private BodySubscriber<byte[]> body(ResponseInfo info) {
    return isStream(info.statusCode(), info.headers()) ? this : new BoundedBody(MAX_PROBLEM_BYTES);
  }

  /** Asks for the next chunk. */
  void more() {
    Flow.Subscription flow = upstream;
    if (flow != null) flow.request(1);
  }

  void cancel() {
    answer.cancel(true);
    Flow.Subscription flow = upstream;
    if (flow != null) flow.cancel();
  }

  /** Nothing: the bytes come as signals. */
  @Override
  public CompletionStage<byte[]> getBody() {
    return subscribed;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscribed.complete(new byte[0]);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    mailbox.accept(new Signal.Bytes(this, buffers));
  }

  @Override
  public void onError(Throwable failure) {
    mailbox.accept(new Signal.Finished(this, failure));
  }

  @Override
  public void onComplete() {
    mailbox.accept(new Signal.Finished(this, null));
  }
}
