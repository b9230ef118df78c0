@NullMarked
package dev.freshet.server;

import org.jspecify.annotations.NullMarked;
