/**
 * What the server's agent can do, and the directory that it does it in. Imports nothing of ours but
 * the core.
 */
@NullMarked
package dev.freshet.agents.tool;

import org.jspecify.annotations.NullMarked;
