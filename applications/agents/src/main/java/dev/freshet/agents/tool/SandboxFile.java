package dev.freshet.agents.tool;

import java.time.Instant;

/** A file in a run's directory. */
public record SandboxFile(String path, long bytes, Instant modifiedAt) {}
