/** Cursors in a view: catch-up from the log, then live. */
@NullMarked
package dev.freshet.subscription;

import org.jspecify.annotations.NullMarked;
