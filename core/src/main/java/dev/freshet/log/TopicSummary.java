package dev.freshet.log;

import dev.freshet.event.Topic;

/**
 * A topic as an administrator sees it.
 *
 * @param version of its state; 0 if it has none
 * @param lastOffset of its newest event
 */
public record TopicSummary(Topic topic, long version, long lastOffset, boolean ended) {}
