package dev.freshet.view;

import dev.freshet.event.Json;

/**
 * What one event looks like to a client.
 *
 * @param type the SSE event name; empty for a frame without one, which clients hear as {@code
 *     message}
 */
public record Frame(String type, Json data) {}
