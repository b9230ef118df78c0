/** Streams on raw connections, the same as pages, and the registry of who is connected. */
@NullMarked
package dev.freshet.server.stream;

import org.jspecify.annotations.NullMarked;
