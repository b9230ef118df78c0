package dev.freshet.microscopy;

import dev.freshet.event.TopicPattern;
import dev.freshet.log.EventLog;
import dev.freshet.log.StateCut;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;

/** Walks over what is under an entity, as the log holds it. */
final class Tree {
  private final EventLog log;
  private final int limit;

  /** In order, each once. */
  private final SequencedSet<Place> found = new LinkedHashSet<>();

  private Tree(EventLog log, int limit) {
    this.log = log;
    this.limit = limit;
  }

  /**
   * The first of the entities under a place and itself, at most {@code limit}, children before
   * their parents.
   */
  static List<Place> leavesFirst(EventLog log, Place top, int limit) {
    Tree tree = new Tree(log, limit);
    tree.descend(top);
    return List.copyOf(tree.found);
  }

  private void descend(Place place) {
    for (Kind kind : place.kind().children()) each(place.children(kind), this::descend);
    if (found.size() < limit) found.add(place);
  }

  /**
   * An acquisition and all entities in it, parents before their children, at most {@code limit}.
   */
  static List<Place> whole(EventLog log, Place acquisition, int limit) {
    Tree tree = new Tree(log, limit);
    for (Kind kind : Kind.values()) tree.each(acquisition.all(kind), tree.found::add);
    return List.copyOf(tree.found);
  }

  private void each(TopicPattern pattern, Consumer<Place> visit) {
    try (StateCut cut = log.states(List.of(pattern))) {
      while (found.size() < limit && cut.hasNext()) visit.accept(Place.of(cut.next()));
    }
  }
}
