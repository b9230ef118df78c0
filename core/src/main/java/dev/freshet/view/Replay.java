package dev.freshet.view;

import org.jspecify.annotations.Nullable;

/**
 * Encoded frames of a closed part of the log, or of a snapshot, shared by all who need them.
 *
 * @param first null when nothing in it matched
 * @param through the log is covered up to this offset
 * @param changes whether states change in it, so that it can be conflated
 */
public record Replay(@Nullable Page first, long through, boolean changes) {}
