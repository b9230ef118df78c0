package dev.freshet.microscopy;

import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A line that an agent logged: the payload of {@code agent.log}.
 *
 * @param id ascends in the order of the stream, with gaps
 * @param timestamp by the agent's clock, ISO 8601
 * @param level as the agent names it: {@code DEBUG}, {@code INFO}, {@code WARNING}, {@code ERROR},
 *     {@code CRITICAL}, …
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AgentLog(
    long id,
    String agentId,
    String sessionId,
    String timestamp,
    String level,
    String loggerName,
    String message) {}
