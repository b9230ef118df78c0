/** Server-Sent Events as bytes, both ways. Imports nothing of ours. */
@NullMarked
package dev.freshet.sse;

import org.jspecify.annotations.NullMarked;
