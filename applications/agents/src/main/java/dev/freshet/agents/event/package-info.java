/** What happens in an agent's run, in which order, and what it comes to (PROTOCOL §8.9). */
@NullMarked
package dev.freshet.agents.event;

import org.jspecify.annotations.NullMarked;
