package dev.freshet.view;

import dev.freshet.event.Json;
import dev.freshet.log.Recorded;
import dev.freshet.log.Slice;
import dev.freshet.log.StateCut;
import dev.freshet.log.TopicState;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the log and encodes what a view shows of it. Blocks. */
final class ReplayLoader {
  /** Events in one block; several pages' worth of small ones. */
  private static final int EVENTS = 512;

  private static final int CONFLATED_EVENTS = 4096;

  private final Views views;
  private final View view;
  private final FrameEncoder encoder;
  private final PageWriter writer;

  private ReplayLoader(Views views, View view) {
    this.views = views;
    this.view = view;
    this.encoder = new FrameEncoder(views.log().epoch(), views.encodings());
    this.writer = new PageWriter(views.settings().page());
  }

  static Replay load(Views views, View view, long after, boolean conflate) {
    ReplayLoader loader = new ReplayLoader(views, view);
    return loader.orFree(() -> loader.replay(after, conflate));
  }

  static Snapshot snapshot(Views views, View view) {
    ReplayLoader loader = new ReplayLoader(views, view);
    return loader.orFree(loader::snapshot);
  }

  /** Events before a snapshot, as frames that follow it. */
  static Snapshot history(Views views, View view, List<Recorded> events, long offset) {
    ReplayLoader loader = new ReplayLoader(views, view);
    return loader.orFree(() -> loader.history(events, offset));
  }

  private <T> T orFree(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error failed) {
      writer.clear().forEach(page -> page.bytes.release());
      throw failed;
    }
  }

  private Replay replay(long after, boolean conflate) {
    long upTo = views.processed();
    int limit = conflate ? CONFLATED_EVENTS : EVENTS;
    Slice slice = views.log().read(view.scope().filter(), after, upTo, limit);
    Conflation conflation = conflate ? new Conflation(views.log()) : null;
    long previous = after;
    for (Recorded recorded : slice.events()) {
      ByteBuf frame = frame(recorded, conflation);
      if (frame == null) continue;
      writer.add(previous, recorded.offset(), frame, encoder.last());
      previous = recorded.offset();
    }
    boolean changes = slice.events().stream().anyMatch(event -> event.revision() != null);
    return seal(slice.through(), changes);
  }

  private @Nullable ByteBuf frame(Recorded recorded, @Nullable Conflation conflation) {
    if (!view.scope().permits(recorded.event().topic())) return null;
    Conflation.Verdict verdict =
        conflation == null ? new Conflation.Verdict.Keep() : conflation.of(recorded);
    return switch (verdict) {
      case Conflation.Verdict.Keep() -> encoder.event(view.representation(), recorded);
      case Conflation.Verdict.Skip() -> null;
      case Conflation.Verdict.Replace(TopicState newest) ->
          encoder.state(view.representation(), newest);
    };
  }

  private Replay seal(long through, boolean changes) {
    Page last = writer.last();
    if (last != null) last.seal(Math.max(through, last.through()), null);
    return new Replay(writer.first(), through, changes);
  }

  private Snapshot snapshot() {
    try (StateCut cut = views.log().states(view.scope().filter().patterns())) {
      long offset = cut.position().offset();
      if (view.representation().joined()) join(cut);
      else if (view.scope().filter().wantsStates()) fill(cut);
      return snapshotAt(offset);
    }
  }

  private Snapshot snapshotAt(long offset) {
    long held = writer.held();
    if (!views.reserve(held)) {
      throw new SnapshotTooLargeException(
          "too many snapshots are being read; try again shortly", true);
    }
    Replay pages = seal(offset, false);
    return new Snapshot(pages.first(), offset, held, () -> views.unreserve(held));
  }

  private Snapshot history(List<Recorded> events, long offset) {
    for (Recorded event : events) {
      ByteBuf frame = encoder.past(view.representation(), event);
      if (frame != null) writer.add(Cursor.BEFORE_SNAPSHOT, 0, frame, encoder.last());
    }
    return snapshotAt(offset);
  }

  private void fill(StateCut cut) {
    while (cut.hasNext()) {
      TopicState state = cut.next();
      if (!view.scope().permits(state.topic())) continue;
      ByteBuf frame = encoder.state(view.representation(), state);
      if (frame != null) writer.add(Cursor.BEFORE_SNAPSHOT, 0, frame, encoder.last());
      requireRoom(writer.held());
    }
  }

  private void join(StateCut cut) {
    List<TopicState> states = new ArrayList<>();
    long bytes = 0;
    while (cut.hasNext()) {
      TopicState state = cut.next();
      Json value = state.value();
      if (value == null || !view.scope().permits(state.topic())) continue;
      states.add(state);
      bytes += value.length();
      requireRoom(bytes);
    }
    Frame frame = view.representation().states(states, cut.position().offset());
    if (frame == null) return;
    writer.add(Cursor.BEFORE_SNAPSHOT, 0, encoder.past(frame), encoder.last());
  }

  private void requireRoom(long bytes) {
    long most = views.settings().snapshot();
    if (bytes <= most) return;
    throw new SnapshotTooLargeException(
        "the matching states are more than " + most + " bytes; narrow the topics", false);
  }
}
