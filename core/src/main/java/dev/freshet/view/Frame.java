package dev.freshet.view;

import dev.freshet.event.Json;

/** What one event looks like to a client: the SSE event name and its data. */
public record Frame(String type, Json data) {}
