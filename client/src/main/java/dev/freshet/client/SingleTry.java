package dev.freshet.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The empty body of one stream request. The JDK's client repeats a GET at once and unseen when the
 * connection broke before the answer, which would go around the backoff that a server in trouble
 * relies on. It reads the body's length once a try: the second time, there is none.
 */
final class SingleTry implements BodyPublisher {
  private final AtomicBoolean tried = new AtomicBoolean();

  @Override
  public long contentLength() {
    if (tried.getAndSet(true)) {
      throw new UncheckedIOException(new IOException("the connection broke before an answer"));
    }
    return 0;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    BodyPublishers.noBody().subscribe(subscriber);
  }
}
