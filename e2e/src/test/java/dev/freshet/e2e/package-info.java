@NullMarked
package dev.freshet.e2e;

import org.jspecify.annotations.NullMarked;
