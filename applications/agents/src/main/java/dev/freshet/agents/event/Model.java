package dev.freshet.agents.event;

/**
 * Which model thinks.
 *
 * @param scripted whether it is no model but a script, which screens say wherever they name it
 */
public record Model(String name, String provider, boolean scripted) {}
