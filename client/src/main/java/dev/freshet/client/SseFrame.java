package dev.freshet.client;

import org.jspecify.annotations.Nullable;

/**
 * One dispatched event of a stream.
 *
 * @param type {@code message} where the frame named none
 * @param id null where this frame had no valid id
 */
record SseFrame(String type, @Nullable String id, String data) {}
