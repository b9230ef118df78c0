package dev.freshet.tasks.transfer;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * What the files of one task share.
 *
 * @param connections that are open at once
 * @param bandwidth of the task
 */
record Context(
    Transfer.Settings settings,
    Path directory,
    boolean overwrite,
    int parts,
    Semaphore connections,
    TokenBucket bandwidth,
    TokenBucket serverBandwidth) {}
