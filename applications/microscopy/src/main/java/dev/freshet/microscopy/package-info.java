@NullMarked
package dev.freshet.microscopy;

import org.jspecify.annotations.NullMarked;
