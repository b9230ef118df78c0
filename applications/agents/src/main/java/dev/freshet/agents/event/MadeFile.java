package dev.freshet.agents.event;

/**
 * A file that a tool wrote.
 *
 * @param path in the run's directory
 */
public record MadeFile(String path, long bytes) {}
