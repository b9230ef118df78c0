package dev.freshet.server.stream;

import dev.freshet.access.Grant;
import dev.freshet.access.Principal;
import dev.freshet.application.Feed;
import java.util.Optional;

/**
 * A subscription that somebody asks for over HTTP.
 *
 * @param position {@code Last-Event-ID}, or else {@code after}
 * @param transport {@code sse} or {@code page}, as the administrator sees it
 */
public record StreamRequest(
    Principal principal, Feed.Selection selection, Optional<String> position, String transport) {
  /** What may be read. */
  Grant read() {
    return selection.grant().orElse(principal.read());
  }
}
