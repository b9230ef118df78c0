package dev.freshet.server.config;

/** Bounds (R1): past one, the answer names the value, the bound and the remedy. */
public record LimitsConfig(
    @Setting(value = "8MiB", min = "1KiB", max = "1GiB", says = "a request's body") Size body,
    @Setting(
            value = "256MiB",
            min = "1MiB",
            max = "64GiB",
            says = "bodies that are being received, all together")
        Size bodies,
    @Setting(
            value = "1MiB",
            min = "1KiB",
            max = "64MiB",
            says = "an event's data, or a state's value")
        Size event,
    @Setting(value = "10000", min = "1", max = "1000000", says = "events in one batch") int batch,
    @Setting(
            value = "8KiB",
            min = "256",
            max = "1MiB",
            says = "a request's first line: method and URL")
        Size url,
    @Setting(value = "16KiB", min = "1KiB", max = "1MiB", says = "a request's headers together")
        Size headers,
    @Setting(value = "100", min = "10", max = "10000", says = "number of a request's headers")
        int headerCount,
    @Setting(
            value = "64",
            min = "1",
            max = "10000",
            says = "topic patterns, and likewise types, in one subscription")
        int patterns,
    @Setting(value = "50000", min = "1", max = "10000000", says = "connections to the server")
        int connections,
    @Setting(
            value = "20000",
            min = "1",
            max = "10000000",
            says = "open streams and waiting pages of one tenant")
        int tenantConnections,
    @Setting(
            value = "1000",
            min = "1",
            max = "10000000",
            says = "open streams and waiting pages of one subject")
        int principalConnections,
    @Setting(
            value = "4096",
            min = "1",
            max = "1000000",
            says = "requests that are worked on at once; pages that wait do not count")
        int requests,
    @Setting(
            value = "2000",
            min = "1",
            max = "10000000",
            says = "requests a second of one subject; twice as many in a burst")
        int requestRate,
    @Setting(
            value = "50000",
            min = "1",
            max = "100000000",
            says = "events a second that one subject publishes; twice as many in a burst")
        int publishRate) {}
