package dev.freshet.client;

import tools.jackson.databind.JsonNode;

/**
 * What a topic holds at a version.
 *
 * @param value shared with the client, not to be changed
 */
public record StateValue(JsonNode value, long version) {}
