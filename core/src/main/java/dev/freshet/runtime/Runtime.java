package dev.freshet.runtime;

import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.event.TopicPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Slices that belong together, and where they are kept: each is a state at {@code
 * runtime/NAME/slices/SLICE}. Immutable; {@link RuntimeStore} is one in a tenant.
 */
@SuppressWarnings("JavaLangClash") // It is what its users call it; nobody needs both in one class.
public final class Runtime {
  private static final Topic ROOT = Topic.of("runtime");

  private final String name;
  private final Topic root;
  private final Map<String, Slice<?>> slices = new LinkedHashMap<>();

  private Runtime(String name, Topic root, Collection<? extends Slice<?>> slices) {
    this.name = Names.checked("runtime", name);
    this.root = root;
    for (Slice<?> slice : slices) {
      if (this.slices.put(slice.name(), slice) != null)
        throw new IllegalArgumentException("two slices are called '" + slice.name() + "'");
    }
    if (this.slices.isEmpty()) throw new IllegalArgumentException("a runtime needs a slice");
  }

  public static Runtime of(String name, Slice<?>... slices) {
    return new Runtime(name, ROOT.child(Names.checked("runtime", name)), List.of(slices));
  }

  /**
   * At a place of its own.
   *
   * @param root what its topics begin with
   */
  public static Runtime at(Topic root, String name, Collection<? extends Slice<?>> slices) {
    return new Runtime(name, root, slices);
  }

  public String name() {
    return name;
  }

  public Topic root() {
    return root;
  }

  /** The names of the slices, in order. */
  public Set<String> names() {
    return java.util.Collections.unmodifiableSet(slices.keySet());
  }

  /** Where a slice is kept. */
  public Topic topic(String slice) {
    return root.child("slices", slice);
  }

  /** Where custom events go. */
  public Topic events() {
    return root.child("events");
  }

  /** Where the custom events of a slice go. */
  public Topic events(String slice) {
    return root.child("events", slice);
  }

  /** Where it is told how executions are doing. */
  public Topic executions() {
    return root.child("executions");
  }

  /** What a viewer of these slices sees: them and their events, and what belongs to no slice. */
  public Filter filter(Collection<String> viewed) {
    List<TopicPattern> patterns = new ArrayList<>();
    patterns.add(TopicPattern.of(events()));
    patterns.add(TopicPattern.of(executions()));
    for (String slice : viewed) {
      patterns.add(TopicPattern.of(topic(slice)));
      patterns.add(TopicPattern.of(events(slice)));
    }
    return new Filter(patterns, Set.of());
  }

  /** The slices that an action changes, by name. */
  public List<String> taking(Action action, boolean outside) {
    return slices.values().stream()
        .filter(slice -> slice.takes(action, outside))
        .map(Slice::name)
        .toList();
  }

  Collection<Slice<?>> slices() {
    return slices.values();
  }

  Optional<Slice<?>> slice(String called) {
    return Optional.ofNullable(slices.get(called));
  }
}
