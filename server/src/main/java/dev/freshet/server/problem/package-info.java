/**
 * What goes wrong, as clients see it: one code each, with status and whether to try again (PROTOCOL
 * §7).
 */
@NullMarked
package dev.freshet.server.problem;

import org.jspecify.annotations.NullMarked;
