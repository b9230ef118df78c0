package dev.freshet.state;

import dev.freshet.event.Position;
import dev.freshet.event.Topic;

/**
 * What became of a write; it is durable.
 *
 * @param version of the state after it; 0 if the topic never had one
 * @param position of the event that made this version; offset 0 if there is none
 * @param changed whether this write appended an event: false if it changed nothing (S5) or its key
 *     was seen (L3)
 * @param created whether this write gave a value to a topic that held none
 */
public record Written(
    Topic topic, long version, Position position, boolean changed, boolean created) {}
