package dev.freshet.agents.run;

import dev.freshet.Tenant;
import dev.freshet.agents.event.EventType;
import dev.freshet.event.Json;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import dev.freshet.view.Frame;
import dev.freshet.view.Representation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as its viewers get it: one snapshot of all of it, then its events, bare. The snapshot is
 * the checkpoint and what happened since, up to where the snapshot is taken (U1); it is made once
 * for all who join at about the same time.
 *
 * @param deltas whether thoughts are shown piece by piece
 */
public record RunRepresentation(Tenant tenant, boolean deltas) implements Representation {
  public static final String SNAPSHOT = "execution:snapshot";

  @Override
  public @Nullable Frame event(Recorded recorded) {
    if (recorded.revision() != null) return null;
    String type = recorded.event().type();
    if (!deltas && type.equals(EventType.THINKING_DELTA.wire())) return null;
    return new Frame(type, recorded.event().data());
  }

  @Override
  public @Nullable Frame state(TopicState state) {
    return null;
  }

  @Override
  public boolean joined() {
    return true;
  }

  @Override
  public @Nullable Frame states(List<TopicState> states, long offset) {
    if (states.isEmpty()) return null;
    RunStore store = new RunStore(tenant);
    return new Frame(SNAPSHOT, Json.from(store.whole(states.getFirst(), offset)));
  }
}
