/** Values and their versions: JSON Patch in, one diff per change out. */
@NullMarked
package dev.freshet.state;

import org.jspecify.annotations.NullMarked;
