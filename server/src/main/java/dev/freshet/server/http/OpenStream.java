package dev.freshet.server.http;

import dev.freshet.server.stream.PreparedStream;
import java.util.List;
import java.util.Map;

/**
 * The connection becomes a stream; whoever has this opens the stream or discards it.
 *
 * @param headers that its answer carries besides its own
 */
public record OpenStream(PreparedStream stream, List<Map.Entry<String, String>> headers)
    implements Outcome {
  public OpenStream {
    headers = List.copyOf(headers);
  }
}
