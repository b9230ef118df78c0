package dev.freshet.proxy;

import java.time.Duration;

/**
 * How one kind of document is proxied.
 *
 * @param path where it is served
 * @param upstream where it comes from
 * @param interval of polls, while somebody watches
 * @param check how often each credential is asked with, whatever happens
 * @param until when a document is terminal; blank for never
 * @param timeout of an answer of upstream's
 * @param requests to upstream at once
 */
public record Proxied(
    String path,
    String upstream,
    Duration interval,
    Duration check,
    String until,
    Duration timeout,
    int requests) {}
