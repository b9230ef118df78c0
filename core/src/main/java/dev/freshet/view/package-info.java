/** The shared, encoded window on a log. */
@NullMarked
package dev.freshet.view;

import org.jspecify.annotations.NullMarked;
