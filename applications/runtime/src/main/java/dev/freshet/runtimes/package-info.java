/** The runtimes of a program, and the server's own, over HTTP (PROTOCOL §8.6). */
@NullMarked
package dev.freshet.runtimes;

import org.jspecify.annotations.NullMarked;
