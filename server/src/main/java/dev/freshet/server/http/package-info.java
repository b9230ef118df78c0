/**
 * Connections and requests: HTTP/1.1 over Netty, bounded in every direction; answers are made on
 * virtual threads.
 */
@NullMarked
package dev.freshet.server.http;

import org.jspecify.annotations.NullMarked;
