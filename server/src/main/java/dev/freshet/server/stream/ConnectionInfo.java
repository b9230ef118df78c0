package dev.freshet.server.stream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stream as an administrator sees it.
 *
 * @param lag events of the whole log between what was published and what this stream has seen
 * @param bytes handed to the connection
 * @param writable whether the client takes what it is sent
 * @param closed why it is over; empty while it is open
 */
public record ConnectionInfo(
    String id,
    String tenant,
    String subject,
    String remoteAddress,
    String transport,
    List<String> topics,
    List<String> types,
    Instant since,
    long lag,
    long deliveries,
    long bytes,
    boolean writable,
    Optional<String> closed) {}
