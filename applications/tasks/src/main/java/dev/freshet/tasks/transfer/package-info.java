/** Files fetched into a directory: resumable, in parts, verified. */
@NullMarked
package dev.freshet.tasks.transfer;

import org.jspecify.annotations.NullMarked;
