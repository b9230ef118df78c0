package dev.freshet.tasks.transfer;

import java.net.URI;
import java.util.Optional;

/**
 * One file that is to be fetched.
 *
 * @param name of the file it becomes
 * @param sha256 that it must have, in lower-case hexadecimal digits
 */
record Item(
    URI url,
    String name,
    Optional<Long> size,
    Optional<String> sha256,
    Optional<String> authorization) {}
