/** States that are fed by one loader for all who watch them. */
@NullMarked
package dev.freshet.resource;

import org.jspecify.annotations.NullMarked;
