/** What is done with runs by request, and how they are streamed (PROTOCOL §8.9). */
@NullMarked
package dev.freshet.agents.route;

import org.jspecify.annotations.NullMarked;
