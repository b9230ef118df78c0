/** Runs as they are kept: a log of events, and a state to begin from (PROTOCOL §8.9). */
@NullMarked
package dev.freshet.agents.run;

import org.jspecify.annotations.NullMarked;
