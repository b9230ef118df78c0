package dev.freshet.log;

import dev.freshet.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event at its place in the log.
 *
 * @param revision null for an event that changed no state
 */
public record Recorded(long offset, Event event, @Nullable Revision revision) {}
