package dev.freshet.proxy;

/** One entry of the configuration, ready to be asked. */
record Source(int index, Proxied settings, Paths paths, Until until, Upstream upstream) {}
