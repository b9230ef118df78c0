package dev.freshet.server.stream;

import dev.freshet.access.Principal;
import dev.freshet.event.Filter;
import dev.freshet.view.Representation;
import java.util.Optional;

/**
 * A subscription that somebody asks for over HTTP.
 *
 * @param position {@code Last-Event-ID}, or else {@code after}
 * @param transport {@code sse} or {@code page}, as the administrator sees it
 */
public record StreamRequest(
    Principal principal,
    Filter filter,
    Representation representation,
    Optional<String> position,
    String transport) {}
