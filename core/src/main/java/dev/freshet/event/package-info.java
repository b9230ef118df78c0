/** What happened and where: topics, patterns, events, positions. Imports nothing of ours. */
@NullMarked
package dev.freshet.event;

import org.jspecify.annotations.NullMarked;
