package dev.freshet.agents.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run.
 *
 * @param index counts from 0
 * @param duration in milliseconds; null until it is completed
 */
public record Phase(
    String id,
    String name,
    int index,
    PhaseStatus status,
    @Millis @Nullable Instant startedAt,
    @Nullable Long duration) {}
