/** Runs as AG-UI's clients get them, and are asked for them (PROTOCOL §8.9, AG-UI). */
@NullMarked
package dev.freshet.agents.agui;

import org.jspecify.annotations.NullMarked;
