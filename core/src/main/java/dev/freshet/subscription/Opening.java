package dev.freshet.subscription;

import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.log.LogException;
import dev.freshet.log.Recorded;
import dev.freshet.view.Representation;
import dev.freshet.view.Scope;
import dev.freshet.view.Snapshot;
import dev.freshet.view.View;
import dev.freshet.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that has been prepared but not begun: its view is held and its snapshot taken, so
 * that beginning it needs no I/O. Begin it with {@link FrameSubscription} or {@link #discard} it.
 *
 * @param snapshot null when it resumes
 * @param past what follows the snapshot, at the same offset; null if nothing does
 * @param limit after how many frames it ends; {@link Long#MAX_VALUE} for never
 */
public record Opening(
    Views views,
    View view,
    Start start,
    @Nullable Snapshot snapshot,
    @Nullable Snapshot past,
    long limit) {
  /**
   * What is to be read, by whom, in which form, from where.
   *
   * @param anew given, to begin with the snapshots whatever the position, and with such as are of
   *     this offset or a later one
   */
  public record Request(
      Filter filter,
      Grant read,
      Representation representation,
      List<Backlog> backlogs,
      long limit,
      Optional<String> position,
      OptionalLong anew) {
    public Request(
        Filter filter,
        Grant read,
        Representation representation,
        List<Backlog> backlogs,
        long limit,
        Optional<String> position) {
      this(filter, read, representation, backlogs, limit, position, OptionalLong.empty());
    }

    public Request(
        Filter filter, Grant read, Representation representation, Optional<String> position) {
      this(filter, read, representation, List.of(), Long.MAX_VALUE, position);
    }

    private Start start(Views views, View view) {
      return anew.isPresent()
          ? Start.anew(position)
          : Start.at(views.log(), view.scope().filter(), position);
    }
  }

  /**
   * Prepares a subscription. Blocks while it reads the log.
   *
   * @return empty if it is over and the client has seen its end (U7): answer 204
   * @throws dev.freshet.view.SnapshotTooLargeException if the matching states are more than a
   *     snapshot may hold
   */
  public static Optional<Opening> prepare(Views views, Request request) {
    views.catchUp();
    View view = views.acquire(Scope.of(request.filter(), request.read()), request.representation());
    try {
      Start start = request.start(views, view);
      if (start.resumed() && start.offset() >= view.endedAt()) {
        views.release(view);
        return Optional.empty();
      }
      return Optional.of(
          start.resumed()
              ? new Opening(views, view, start, null, null, request.limit())
              : anew(views, view, start, request));
    } catch (RuntimeException failed) {
      views.release(view);
      throw failed;
    }
  }

  private static Opening anew(Views views, View view, Start start, Request request) {
    Snapshot snapshot = view.snapshot(request.anew().orElse(0));
    try {
      List<Recorded> events =
          Backlog.read(views.log(), view.scope(), request.backlogs(), snapshot.offset());
      Snapshot past = events.isEmpty() ? null : view.history(events, snapshot.offset());
      return new Opening(views, view, start, snapshot, past, request.limit());
    } catch (RuntimeException failed) {
      snapshot.release();
      throw failed;
    }
  }

  /** A subscription begun again with snapshots, because it fell out of retention. Blocks. */
  static Opening overrun(Views views, View view) {
    return new Opening(
        views,
        view,
        new Start(false, 0, ResetReason.OVERRUN),
        view.snapshot(),
        null,
        Long.MAX_VALUE);
  }

  /** The offset at which the stream begins. */
  long offset() {
    return snapshot == null ? start.offset() : snapshot.offset();
  }

  /** Gives up what was prepared. */
  public void discard() {
    if (snapshot != null) snapshot.release();
    if (past != null) past.release();
    views.release(view);
  }

  static boolean truncated(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof LogException.Truncated) return true;
    }
    return false;
  }
}
