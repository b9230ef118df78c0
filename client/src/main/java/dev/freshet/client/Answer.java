package dev.freshet.client;

import tools.jackson.databind.JsonNode;

/**
 * A server's answer to {@link FreshetClient#send}.
 *
 * @param body JSON null where there was none
 */
public record Answer(int status, JsonNode body) {}
