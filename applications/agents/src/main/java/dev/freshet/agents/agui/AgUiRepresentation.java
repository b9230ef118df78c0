package dev.freshet.agents.agui;

import dev.freshet.Tenant;
import dev.freshet.agents.event.EventType;
import dev.freshet.agents.run.RunStore;
import dev.freshet.log.Recorded;
import dev.freshet.log.TopicState;
import dev.freshet.view.Frame;
import dev.freshet.view.Representation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as one of AG-UI's; made once for all who watch this one. */
record AgUiRepresentation(Tenant tenant, Translation translation) implements Representation {
  @Override
  public @Nullable Frame event(Recorded recorded) {
    if (recorded.revision() != null) return null;
    return EventType.named(recorded.event().type())
        .map(type -> type.read(recorded.event().data()))
        .map(translation::frame)
        .orElse(null);
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
    return translation.whole(store.whole(states.getFirst(), offset), tenant.clock().instant());
  }
}
