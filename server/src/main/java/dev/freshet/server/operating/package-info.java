/** What the server tells of itself (PROTOCOL §8.6). */
@NullMarked
package dev.freshet.server.operating;

import org.jspecify.annotations.NullMarked;
