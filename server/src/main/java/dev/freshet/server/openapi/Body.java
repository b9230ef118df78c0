package dev.freshet.server.openapi;

import com.networknt.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The bodies that an operation takes; none if there are no contents. */
record Body(boolean required, List<Content> contents) {
  Body {
    contents = List.copyOf(contents);
  }

  Optional<Content> content(String mediaType) {
    return contents.stream().filter(c -> c.mediaType().equals(mediaType)).findFirst();
  }

  String mediaTypes() {
    return contents.stream().map(Content::mediaType).collect(Collectors.joining(", "));
  }

  /** The schema of a media type. */
  record Content(String mediaType, Schema schema) {
    static final String LINES = "application/x-ndjson";

    /** Whether the body is one JSON value a line, and the schema that of each. */
    boolean lines() {
      return mediaType.equals(LINES);
    }
  }
}
