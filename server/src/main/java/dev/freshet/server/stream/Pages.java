package dev.freshet.server.stream;

import dev.freshet.Freshet;
import dev.freshet.event.Json;
import dev.freshet.event.Position;
import dev.freshet.log.EventLog;
import dev.freshet.log.Recorded;
import dev.freshet.log.Slice;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import dev.freshet.subscription.Backlog;
import dev.freshet.subscription.Start;
import dev.freshet.view.Representation;
import dev.freshet.view.Scope;
import dev.freshet.view.Unseen;
import dev.freshet.view.View;
import dev.freshet.view.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A stream's frames as JSON pages, for clients that cannot hold a stream open (PROTOCOL §3).
 * Thread-safe.
 */
public final class Pages {
  private final Freshet freshet;
  private final Streams streams;
  private final long mostBytes;

  /**
   * @param mostBytes the largest page
   */
  public Pages(Freshet freshet, Streams streams, long mostBytes) {
    this.freshet = freshet;
    this.streams = streams;
    this.mostBytes = mostBytes;
  }

  /**
   * One page as JSON. With nothing to send it waits, at most {@code wait}, until there is
   * something.
   *
   * @return empty if the stream is over and the client has seen its end: 204 (U7)
   * @throws HttpProblem if there is no place to wait, or the snapshot is too large
   */
  public Optional<byte[]> page(StreamRequest request, int limit, Duration wait)
      throws InterruptedException {
    streams.admission().enter(request.principal());
    Views views = freshet.tenant(request.principal().tenant()).views();
    View view =
        views.acquire(Scope.of(request.selection().filter(), request.read()), Unseen.UNSEEN);
    try {
      streams.meters().pages.increment();
      Start start = Start.at(views.log(), view.scope().filter(), request.position());
      if (!start.resumed()) return Optional.of(snapshot(view, views.log(), request, start));
      if (start.offset() >= view.endedAt()) return Optional.empty();
      return Optional.of(events(view, views.log(), request, start.offset(), limit, wait));
    } finally {
      views.release(view);
      streams.admission().leave(request.principal());
    }
  }

  private byte[] snapshot(View view, EventLog log, StreamRequest request, Start start) {
    PageText page = new PageText();
    try (StateCut cut = log.states(view.scope().filter().patterns())) {
      Representation representation = request.selection().representation();
      if (representation.joined()) join(page, view, cut, representation);
      else if (view.scope().filter().wantsStates()) fill(page, view, cut, representation);
      for (Recorded past :
          Backlog.read(
              log, view.scope(), request.selection().backlogs(), cut.position().offset())) {
        page.add(request.selection().representation().event(past), Optional.empty());
        if (page.size() > mostBytes) throw tooLarge();
      }
      page.reset(start.reset());
      boolean more = log.head().offset() > cut.position().offset();
      return page.finish(cut.position(), over(view, cut.position()), more);
    }
  }

  private void fill(PageText page, View view, StateCut cut, Representation representation) {
    while (cut.hasNext()) {
      TopicState state = cut.next();
      if (!view.scope().permits(state.topic())) continue;
      page.add(representation.state(state), Optional.empty());
      if (page.size() > mostBytes) throw tooLarge();
    }
  }

  private void join(PageText page, View view, StateCut cut, Representation representation) {
    List<TopicState> states = new ArrayList<>();
    long bytes = 0;
    while (cut.hasNext()) {
      TopicState state = cut.next();
      Json value = state.value();
      if (value == null || !view.scope().permits(state.topic())) continue;
      states.add(state);
      bytes += value.length();
      if (bytes > mostBytes) throw tooLarge();
    }
    page.add(representation.states(states, cut.position().offset()), Optional.empty());
    if (page.size() > mostBytes) throw tooLarge();
  }

  private HttpProblem tooLarge() {
    return HttpProblem.of(
        ErrorCode.SNAPSHOT_TOO_LARGE,
        "the matching states are more than " + mostBytes + " bytes; narrow the topics");
  }

  private byte[] events(
      View view, EventLog log, StreamRequest request, long after, int limit, Duration wait)
      throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    Semaphore grown = new Semaphore(0);
    PageText page = new PageText();
    long through = after;
    View.Watch watch = view.onGrowth(grown::release);
    try {
      while (true) {
        grown.drainPermits();
        Slice slice = log.read(view.scope().filter(), through, Long.MAX_VALUE, limit);
        through = fill(page, view, log, request, slice);
        Position position = new Position(log.epoch(), through);
        long left = deadline - System.nanoTime();
        boolean over = over(view, position);
        if (!page.empty() || over || left <= 0) {
          return page.finish(position, over, log.head().offset() > through && !over);
        }
        if (through >= log.head().offset()) grown.tryAcquire(left, TimeUnit.NANOSECONDS);
      }
    } finally {
      watch.close();
    }
  }

  /** Adds a slice's frames until the page is full; returns how far the page now covers the log. */
  private long fill(PageText page, View view, EventLog log, StreamRequest request, Slice slice) {
    for (Recorded recorded : slice.events()) {
      if (!view.scope().permits(recorded.event().topic())) continue;
      page.add(
          request.selection().representation().event(recorded),
          Optional.of(new Position(log.epoch(), recorded.offset())));
      if (page.size() > mostBytes) return recorded.offset();
    }
    return slice.through();
  }

  private static boolean over(View view, Position position) {
    return position.offset() >= view.endedAt();
  }
}
