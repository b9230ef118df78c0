/** Stores of slices that actions change through reducers (PROTOCOL §8.6). */
@NullMarked
package dev.freshet.runtime;

import org.jspecify.annotations.NullMarked;
