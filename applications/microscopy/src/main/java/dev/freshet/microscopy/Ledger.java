package dev.freshet.microscopy;

import dev.freshet.Tenant;
import dev.freshet.event.Event;
import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import dev.freshet.state.Changes;
import dev.freshet.state.WriteOptions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Changes entities together with all that is kept about them: index, progress and metrics go into
 * the same append, so none of them can disagree with the entities (S1).
 */
final class Ledger {
  /** The progress is small, and the frontend stream shows it whole. */
  private static final WriteOptions WHOLE = WriteOptions.NONE.wholeValue();

  private final Changes changes;
  private final Instant now;

  Ledger(Changes changes, Instant now) {
    this.changes = changes;
    this.now = now;
  }

  /** Appends what the work does through a ledger as one, and answers what the work does. */
  static <T> T commit(Tenant tenant, Function<Ledger, T> work) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    tenant
        .states()
        .commit(changes -> result.set(work.apply(new Ledger(changes, tenant.clock().instant()))));
    return Objects.requireNonNull(result.get());
  }

  /** For what else goes into the same append. */
  Changes changes() {
    return changes;
  }

  Finder finder() {
    return new Finder(changes::get);
  }

  /** The entity at a place that the index named. */
  Entity entity(Place place) {
    return find(place).orElseThrow(() -> Failures.notFound(place.kind()));
  }

  Optional<Entity> find(Place place) {
    return changes.get(place.topic()) instanceof ObjectNode value
        ? Optional.of(new Entity(place, value))
        : Optional.empty();
  }

  /** Begins an acquisition. */
  Entity open(Entity acquisition) {
    add(acquisition);
    Place place = acquisition.place();
    String uuid = acquisition.value().path("uuid").asString();
    AcquisitionProgress none = AcquisitionProgress.none(uuid, acquisition.status());
    changes.put(place.progress(), Json.MAPPER.valueToTree(none), WHOLE);
    changes.put(place.timeline(), Json.MAPPER.valueToTree(Timeline.begin(none, now)));
    return acquisition;
  }

  /**
   * Reads the states of which each addition, removal and move in an acquisition changes one (see
   * {@link Inventory}). To be read before what an addition is based on: then two that don't know of
   * each other can't both be appended.
   */
  AcquisitionProgress guard(Place place) {
    changes.get(place.revision());
    return progress(place);
  }

  /** Adds entities under one parent, or under one another, and counts them. */
  void addAll(Place parent, List<Entity> entities) {
    if (entities.isEmpty()) return;
    AcquisitionProgress before = guard(parent);
    entity(parent);
    for (Entity entity : entities) {
      add(entity);
      metric(entity, Json.MAPPER.createObjectNode());
    }
    AcquisitionProgress after = before.plus(entities.stream().map(Entity::place).toList(), 1);
    if (after.equals(before)) revise(parent);
    progress(parent, before, after);
  }

  private void add(Entity entity) {
    Place place = entity.place();
    for (Topic index : place.indexes()) {
      if (!changes.get(index).isMissingNode()) throw Failures.exists(place.kind());
    }
    index(place);
    changes.put(place.topic(), entity.value());
  }

  private void index(Place place) {
    StringNode topic = StringNode.valueOf(place.topic().path());
    for (Topic index : place.indexes()) changes.put(index, topic);
  }

  private void revise(Place place) {
    changes.update(place.revision(), before -> LongNode.valueOf(before.asLong(0) + 1));
  }

  /** Gives an entity another value. */
  void replace(Entity before, Entity after) {
    changes.put(after.place().topic(), after.value());
    metric(after, before.value());
    if (after.place().kind() == Kind.ACQUISITION) withStatus(after);
  }

  private void withStatus(Entity acquisition) {
    Place place = acquisition.place();
    AcquisitionProgress before = progress(place);
    progress(place, before, before.withStatus(acquisition.status()));
  }

  /** Demands that nothing was added to or removed from an acquisition since. */
  void requireUnchanged(Inventory inventory) {
    inventory.demand(changes);
  }

  /** Removes entities of one acquisition, each after what is under it. */
  void removeAll(List<Place> places) {
    Place last = places.getLast();
    if (last.kind() == Kind.ACQUISITION) close(last);
    else uncount(last, places);
    for (Place place : places) {
      changes.delete(place.topic());
      for (Topic index : place.indexes()) changes.delete(index);
    }
  }

  private void close(Place acquisition) {
    changes
        .delete(acquisition.progress())
        .delete(acquisition.timeline())
        .delete(acquisition.revision());
  }

  private void uncount(Place of, List<Place> places) {
    AcquisitionProgress before = progress(of);
    progress(of, before, before.plus(places, -1));
    revise(of);
  }

  /** Moves an acquisition with all its entities, of which it is the first. */
  void moveAll(List<Place> places, Place to) {
    Place from = places.getFirst();
    move(from.progress(), to.progress());
    move(from.timeline(), to.timeline());
    revise(from);
    for (Place place : places) {
      Place there = place.at(to.instrument());
      move(place.topic(), there.topic());
      index(there);
    }
  }

  private void move(Topic from, Topic to) {
    changes.update(to, none -> changes.get(from));
    changes.delete(from);
  }

  /** Appends an event about an entity. */
  void publish(Place place, String type, Object payload) {
    changes.publish(Event.of(place.topic(), type, now, Json.from(payload)));
  }

  private void metric(Entity entity, ObjectNode before) {
    if (entity.place().kind() != Kind.MICROGRAPH) return;
    ProcessingMetric metric = ProcessingMetric.of(entity.value());
    if (!metric.known() || metric.equals(ProcessingMetric.of(before))) return;
    changes.publish(
        Event.of(
            entity.place().metrics(),
            FrontendEvent.PROCESSING_METRIC.type(),
            now,
            Json.from(metric)));
  }

  private AcquisitionProgress progress(Place place) {
    JsonNode kept = changes.get(place.progress());
    if (kept.isMissingNode()) throw Failures.notFound(Kind.ACQUISITION);
    return Json.MAPPER.treeToValue(kept, AcquisitionProgress.class);
  }

  /** A point of the timeline is looked for once a minute, and when the status changes. */
  private void progress(Place place, AcquisitionProgress before, AcquisitionProgress after) {
    if (after.equals(before)) return;
    long minute = changes.changedAt(place.progress()).map(Timeline::minute).orElse(Long.MIN_VALUE);
    changes.put(place.progress(), Json.MAPPER.valueToTree(after), WHOLE);
    if (minute < Timeline.minute(now) || !after.status().equals(before.status()))
      changes.update(place.timeline(), timeline -> extended(timeline, after));
  }

  private JsonNode extended(JsonNode timeline, AcquisitionProgress progress) {
    return Json.MAPPER.valueToTree(
        timeline.isMissingNode()
            ? Timeline.begin(progress, now)
            : Json.MAPPER.treeToValue(timeline, Timeline.class).after(progress, now));
  }
}
