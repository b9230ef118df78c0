package dev.freshet.server.stream;

import java.time.Duration;

/**
 * How streams are kept.
 *
 * @param heartbeat the interval that clients are told and get
 * @param retry what clients are told to wait before they reconnect
 * @param stall how long a reader may take nothing before its connection is closed
 * @param tenantConnections the most streams and waiting pages of one tenant
 * @param principalConnections the most of one subject
 */
public record StreamSettings(
    Duration heartbeat,
    Duration retry,
    Duration stall,
    int tenantConnections,
    int principalConnections) {}
