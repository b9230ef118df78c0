/** Runs of agents, which people watch, join late, approve and trust (PROTOCOL §8.9). */
@NullMarked
package dev.freshet.agents;

import org.jspecify.annotations.NullMarked;
