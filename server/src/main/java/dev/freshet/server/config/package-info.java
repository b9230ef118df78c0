/** What can be set, from file, environment and flags; bad configuration stops the start (R2). */
@NullMarked
package dev.freshet.server.config;

import org.jspecify.annotations.NullMarked;
