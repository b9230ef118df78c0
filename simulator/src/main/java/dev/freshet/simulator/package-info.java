/**
 * Simulated microscopes with their agents: what an EPU session reports, made from a seed, and a
 * reporter that sends it through the public HTTP API as any agent would. And a recorder of what
 * real agents report, with its replay.
 */
@NullMarked
package dev.freshet.simulator;

import org.jspecify.annotations.NullMarked;
