/** The command line. */
@NullMarked
package dev.freshet.server.cli;

import org.jspecify.annotations.NullMarked;
