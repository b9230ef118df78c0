package dev.freshet.subscription;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits the bytes of a stream into frames; knows only the LF line ends that this library writes.
 */
public final class FrameReader {
  /** A frame as a client sees it. */
  public record Seen(String type, Optional<String> id, String data) {}

  private String pending = "";

  public List<Seen> read(byte[] bytes) {
    pending += new String(bytes, StandardCharsets.UTF_8);
    List<Seen> frames = new ArrayList<>();
    for (int end = pending.indexOf("\n\n"); end >= 0; end = pending.indexOf("\n\n")) {
      parse(pending.substring(0, end)).ifPresent(frames::add);
      pending = pending.substring(end + 2);
    }
    return frames;
  }

  private static Optional<Seen> parse(String block) {
    String type = "";
    String data = "";
    Optional<String> id = Optional.empty();
    for (String line : block.split("\n", -1)) {
      if (line.startsWith("event: ")) type = line.substring(7);
      if (line.startsWith("id: ")) id = Optional.of(line.substring(4));
      if (line.startsWith("data: ")) data = line.substring(6);
    }
    return type.isEmpty() && data.isEmpty()
        ? Optional.empty()
        : Optional.of(new Seen(type, id, data));
  }
}
