/** Who is asking: tokens, sessions, login codes, revocations, origins (PROTOCOL §6). */
@NullMarked
package dev.freshet.server.auth;

import org.jspecify.annotations.NullMarked;
