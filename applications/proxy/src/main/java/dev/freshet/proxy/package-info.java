/** JSON documents that other services answer, as live resources (PROTOCOL §8.8). */
@NullMarked
package dev.freshet.proxy;

import org.jspecify.annotations.NullMarked;
