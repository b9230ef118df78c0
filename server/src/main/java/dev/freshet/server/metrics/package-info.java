/** What the server counts, for Prometheus. */
@NullMarked
package dev.freshet.server.metrics;

import org.jspecify.annotations.NullMarked;
