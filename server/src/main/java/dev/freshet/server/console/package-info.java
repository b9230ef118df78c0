/** The web console's files. */
@NullMarked
package dev.freshet.server.console;

import org.jspecify.annotations.NullMarked;
