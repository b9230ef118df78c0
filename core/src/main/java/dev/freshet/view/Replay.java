package dev.freshet.view;

import org.jspecify.annotations.Nullable;

/**
 * Encoded frames of a closed part of the log, or of a snapshot, shared by all who need them.
 *
 * @param first null when nothing in it matched
 * @param through the log is covered up to this offset
 */
public record Replay(@Nullable Page first, long through) {}
