/** The tenant's events in one durable order, with the current state of each topic. */
@NullMarked
package dev.freshet.log;

import org.jspecify.annotations.NullMarked;
