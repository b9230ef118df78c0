package dev.freshet.server.stream;

import dev.freshet.application.ClientStream;
import dev.freshet.subscription.EndReason;
import java.time.Instant;

/** A stream as its attendant sees it. */
record AttendedStream(
    StreamConnection connection, String remoteAddress, Instant since, boolean resumed)
    implements ClientStream {
  @Override
  public String id() {
    return connection.name();
  }

  @Override
  public void end(EndReason reason, Runnable ended) {
    connection
        .loop()
        .execute(() -> {
          connection.end(reason, null);
          ended.run();
        });
  }
}
