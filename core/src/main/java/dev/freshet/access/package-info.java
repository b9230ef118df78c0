/** Who may read and write what. */
@NullMarked
package dev.freshet.access;

import org.jspecify.annotations.NullMarked;
