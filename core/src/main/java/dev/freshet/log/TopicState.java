package dev.freshet.log;

import dev.freshet.event.Json;
import dev.freshet.event.Topic;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a topic holds now.
 *
 * @param version grows by one with each change, also with a deletion; 0 if the topic never had a
 *     state
 * @param value null if it was deleted, or never set
 * @param time of the last change
 * @param offset of the event that changed or ended it last
 * @param ended whether the topic takes no more events (U7)
 */
public record TopicState(
    Topic topic, long version, @Nullable Json value, Instant time, long offset, boolean ended) {}
