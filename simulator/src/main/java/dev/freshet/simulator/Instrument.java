package dev.freshet.simulator;

import dev.freshet.client.TokenSource;

/**
 * A simulated microscope with the token of its own agent.
 *
 * @param name such as {@code m12}; its token needs to write {@code instruments/NAME/**}
 */
public record Instrument(String name, TokenSource tokens) {}
