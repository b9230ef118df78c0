@NullMarked
package dev.freshet.simulator;

import org.jspecify.annotations.NullMarked;
