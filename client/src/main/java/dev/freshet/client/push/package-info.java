/** Deliveries by call: a listener on a thread of its own, on top of the blocking pull. */
@NullMarked
package dev.freshet.client.push;

import org.jspecify.annotations.NullMarked;
