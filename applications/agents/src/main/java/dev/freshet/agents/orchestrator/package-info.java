/** The server's own agent: plan, phases, model and tools, result. */
@NullMarked
package dev.freshet.agents.orchestrator;

import org.jspecify.annotations.NullMarked;
