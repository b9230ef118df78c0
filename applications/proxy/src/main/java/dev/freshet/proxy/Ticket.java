package dev.freshet.proxy;

import dev.freshet.application.Attendant;
import dev.freshet.application.ClientStream;
import dev.freshet.resource.Lease;
import dev.freshet.subscription.EndReason;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One stream's place in an audience, from before it is prepared until nothing more can be written
 * to it. Thread-safe.
 */
final class Ticket implements Attendant {
  private final Audience audience;
  private final Member member;
  private final CompletableFuture<EndReason> barred = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private @Nullable Lease lease;
  private @Nullable ClientStream stream;

  Ticket(Audience audience, Member member) {
    this.audience = audience;
    this.member = member;
  }

  Audience audience() {
    return audience;
  }

  Member member() {
    return member;
  }

  /** Keeps the document watched until this is over. */
  synchronized Lease hold(Lease held) {
    lease = held;
    if (over.isDone()) held.close();
    return held;
  }

  /** Ends the stream, now or when it has opened. */
  synchronized void bar(EndReason reason) {
    if (barred.complete(reason) && stream != null) stream.end(reason, this::leave);
  }

  /** Done when the stream was barred: it must not show anything. */
  CompletableFuture<EndReason> barred() {
    return barred;
  }

  /** Done when nothing more can be written to the stream. */
  CompletableFuture<Void> over() {
    return over;
  }

  @Override
  public synchronized void opened(ClientStream opened) {
    stream = opened;
    if (barred.isDone()) opened.end(barred.join(), this::leave);
  }

  @Override
  public void delivered(long offset) {}

  @Override
  public void closed(String reason) {
    leave();
  }

  @Override
  public void discarded() {
    leave();
  }

  private void leave() {
    synchronized (this) {
      if (!over.complete(null)) return;
      if (lease != null) lease.close();
    }
    audience.left(this);
  }
}
