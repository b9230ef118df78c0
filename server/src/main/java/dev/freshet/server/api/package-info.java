/** The native routes: publish, state, pages, session, administration, health. */
@NullMarked
package dev.freshet.server.api;

import org.jspecify.annotations.NullMarked;
