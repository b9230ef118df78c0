package dev.freshet.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The life of a subscription: connect, read, lose the connection, wait, connect again (PROTOCOL
 * §2.5). It never blocks but in the token source; {@link Subscription} waits for it. Owned by the
 * pulling thread, but for {@link #abort}.
 */
final class Session {
  /** Bounds of what a server may ask for: one that says 0 is not to be hammered. */
  private static final long SHORTEST_RETRY_MILLIS = 1;

  private static final long LONGEST_RETRY_MILLIS = 3_600_000;

  private final StreamPlan plan;
  private final Transport transport;
  private final Time time;
  private final RandomGenerator random;
  private final Consumer<Signal> mailbox;
  private final Inquiries inquiries;
  private final Received received;
  private Backoff backoff;
  private Duration heartbeat;

  /** Written by the pulling thread; read by the one that aborts. */
  private volatile Link link = new Link.Waiting(0);

  /** The token of the connection, or of the last one. */
  private @Nullable String token;

  /** Whether a refused token may be refreshed: once, until a stream has lived for a heartbeat. */
  private boolean mayRefresh = true;

  private @Nullable RuntimeException failure;

  Session(
      StreamPlan plan,
      Transport transport,
      Time time,
      RandomGenerator random,
      Consumer<Signal> mailbox) {
    this.plan = plan;
    this.transport = transport;
    this.time = time;
    this.random = random;
    this.mailbox = mailbox;
    this.backoff = plan.backoff();
    this.heartbeat = plan.heartbeat();
    this.inquiries = new Inquiries(transport, backoff, time, random, mailbox);
    this.received = new Received(plan, inquiries::ask);
  }

  Received received() {
    return received;
  }

  boolean over() {
    return link instanceof Link.Over;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  /** The next delivery that needs no waiting; null if there is none. */
  @Nullable Delivery take() {
    while (received.isEmpty() && link instanceof Link.Reading reading) {
      SseFrame frame = parsed(reading.bytes());
      if (frame == null) break;
      handle(frame);
    }
    return received.poll();
  }

  private @Nullable SseFrame parsed(ByteReader bytes) {
    try {
      SseFrame frame = bytes.next();
      bytes.retryMillis().ifPresent(this::retryEvery);
      return frame;
    } catch (FrameTooLargeException e) {
      fail(ProblemException.local(200, "frame_too_large", String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void retryEvery(long millis) {
    Duration base =
        Duration.ofMillis(Math.clamp(millis, SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS));
    if (!base.equals(backoff.base())) backoff = backoff.withBase(base);
  }

  private void handle(SseFrame sse) {
    try {
      switch (received.take(sse)) {
        case Frame.Open open -> opened(open);
        case Frame.Heartbeat beat -> alive();
        case Frame.End end -> ended(end.reason());
        default -> {}
      }
    } catch (MalformedFrameException e) {
      lost(String.valueOf(e.getMessage()));
    }
  }

  private void opened(Frame.Open open) {
    heartbeat = open.heartbeat();
    backoff = backoff.first();
  }

  private void alive() {
    mayRefresh = true;
    backoff = backoff.first();
  }

  private void ended(String reason) {
    switch (reason) {
      case "completed", "closed", "limit" -> end(reason);
      case "expired" -> expired();
      case "revoked" ->
          fail(ProblemException.local(401, "token_revoked", "the stream's token was revoked"));
      case "drain" -> retry(backoff.base(), "the server is draining");
      default -> lost("the server ended the stream: " + reason);
    }
  }

  private void expired() {
    boolean first = mayRefresh;
    if (refresh() && first) connectAt(0);
    else lost("the token expired");
  }

  private boolean refresh() {
    mayRefresh = false;
    return transport.refreshed(token) != null;
  }

  /** Takes what another thread told. What an earlier connection left behind is dropped. */
  void receive(Signal signal) {
    switch (signal) {
      case Signal.Told told -> told(told);
      case Signal.Answered a when ours(a.call()) -> answered(a);
      case Signal.Bytes b when ours(b.call()) -> bytes(b);
      case Signal.Finished f when ours(f.call()) -> lost(why(f.failure()));
      case Signal.Closed closed -> become(new Link.Over());
      case Signal.Answered a -> a.call().cancel();
      case Signal.Bytes b -> b.call().cancel();
      case Signal.Finished earlier -> {}
    }
  }

  private boolean ours(StreamCall call) {
    return switch (link) {
      case Link.Calling calling -> calling.call() == call;
      case Link.Reading reading -> reading.call() == call;
      case Link.Waiting waiting -> false;
      case Link.Over over -> false;
    };
  }

  private void told(Signal.Told told) {
    try {
      inquiries.received(told, received.replica());
    } catch (ProblemException refused) {
      fail(refused);
    }
  }

  private void bytes(Signal.Bytes bytes) {
    if (link instanceof Link.Reading reading) {
      reading.bytes().add(bytes.buffers(), time.nanos());
      bytes.call().more();
    }
  }

  private void answered(Signal.Answered answered) {
    HttpResponse<byte[]> response = answered.response();
    if (response == null) {
      lost(why(answered.failure()));
    } else if (StreamCall.isStream(response.statusCode(), response.headers())) {
      link = new Link.Reading(answered.call(), new ByteReader(plan.maxFrameBytes(), time.nanos()));
      answered.call().more();
    } else {
      refused(response);
    }
  }

  private void refused(HttpResponse<byte[]> response) {
    if (response.statusCode() == 204) {
      end("completed");
    } else {
      refused(StreamCall.problem(response));
    }
  }

  private void refused(ProblemException problem) {
    if (problem.status() == 401 && mayRefresh && refresh()) {
      connectAt(0);
    } else if (problem.retryable()) {
      retry(longer(backoff.delay(random), problem), String.valueOf(problem.getMessage()));
      backoff = backoff.next();
    } else {
      fail(problem);
    }
  }

  private static Duration longer(Duration delay, ProblemException problem) {
    Duration atLeast = problem.retryAfter().orElse(Duration.ZERO);
    return atLeast.compareTo(delay) > 0 ? atLeast : delay;
  }

  private static String why(@Nullable Throwable failure) {
    return failure == null ? "the connection was closed" : "connection failed: " + failure;
  }

  /** Does what is due. */
  void tick() {
    long now = time.nanos();
    inquiries.tick(received.replica());
    switch (link) {
      case Link.Waiting waiting when waiting.until() <= now -> connect();
      case Link.Calling calling when calling.deadAt() <= now -> lost("the server did not answer");
      case Link.Reading reading when deadAt(reading) <= now ->
          lost("no byte for two heartbeat intervals");
      default -> {}
    }
  }

  /** When {@link #tick} has something to do. */
  long due() {
    long linkDue =
        switch (link) {
          case Link.Waiting waiting -> waiting.until();
          case Link.Calling calling -> calling.deadAt();
          case Link.Reading reading -> deadAt(reading);
          case Link.Over over -> Time.NEVER;
        };
    return Math.min(linkDue, inquiries.due());
  }

  private long deadAt(Link.Reading reading) {
    return reading.bytes().lastByte() + heartbeat.multipliedBy(2).toNanos();
  }

  private void connect() {
    token = transport.token();
    Cursor from = received.connecting();
    String position = from.position();
    var request =
        transport
            .request(plan.target().apply(position == null ? from.beginning() : null), token)
            .method("GET", new SingleTry())
            .header("Accept", "text/event-stream");
    if (position != null) request.header("Last-Event-ID", position);
    long deadAt = time.after(heartbeat.multipliedBy(2));
    link = new Link.Calling(new StreamCall(transport, request.build(), mailbox), deadAt);
  }

  private void lost(String why) {
    retry(backoff.delay(random), why);
    backoff = backoff.next();
  }

  private void retry(Duration delay, String why) {
    connectAt(time.after(delay));
    received.add(new Delivery.Retrying(delay, why));
  }

  private void connectAt(long when) {
    become(new Link.Waiting(when));
  }

  private void end(String reason) {
    become(new Link.Over());
    received.add(new Delivery.Ended(reason));
  }

  private void fail(RuntimeException why) {
    become(new Link.Over());
    failure = why;
  }

  private void become(Link next) {
    abort();
    link = next;
  }

  /** Breaks the connection, if there is one; from any thread. */
  void abort() {
    switch (link) {
      case Link.Calling calling -> calling.call().cancel();
      case Link.Reading reading -> reading.call().cancel();
      case Link.Waiting waiting -> {}
      case Link.Over over -> {}
    }
  }
}
