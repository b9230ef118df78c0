/**
 * A simulated microscope: what an EPU session reports, made from a seed, and a reporter that sends
 * it through the public HTTP API as any agent would.
 */
@NullMarked
package dev.freshet.simulator;

import org.jspecify.annotations.NullMarked;
