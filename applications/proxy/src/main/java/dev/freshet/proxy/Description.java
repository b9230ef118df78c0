package dev.freshet.proxy;

import dev.freshet.event.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The OpenAPI document of what is configured, at a URL that leads into memory. */
final class Description {
  private static final Map<String, ?> STRING = Map.of("type", "string");

  private Description() {}

  static URL of(List<Source> sources) {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Source source : sources)
      paths.put(source.settings().path(), Map.of("get", operation(source)));
    byte[] json =
        Json.from(
                Map.of(
                    "openapi",
                    "3.1.0",
                    "info",
                    Map.of("title", "Freshet proxied resources", "version", "0.1.0"),
                    "security",
                    List.of(Map.of("bearer", List.of()), Map.of("session", List.of())),
                    "tags",
                    List.of(Map.of("name", "resources")),
                    "paths",
                    paths))
            .utf8();
    return inMemory(json);
  }

  /** The {@code operationId} of a source. */
  static String id(Source source) {
    return "watchResource" + source.index();
  }

  private static Map<String, ?> operation(Source source) {
    List<Map<String, ?>> parameters = new ArrayList<>();
    for (String name : Paths.names(source.settings().path()))
      parameters.add(
          parameter(name, "path", true, Map.of("type", "string", "pattern", Paths.VALUE)));
    parameters.add(
        parameter(
            "format",
            "query",
            false,
            Map.of("type", "string", "enum", List.of("document", "patch"))));
    parameters.add(parameter("after", "query", false, STRING));
    parameters.add(parameter("Last-Event-ID", "header", false, STRING));
    parameters.add(parameter("If-None-Match", "header", false, STRING));
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put(
        "200",
        Map.of(
            "description",
            "The document: a stream where text/event-stream is accepted, else as it is now.",
            "content",
            Map.of("text/event-stream", Map.of("schema", STRING), "application/json", Map.of())));
    responses.put("204", described("The document is terminal, and the client has seen it."));
    responses.put("304", described("The client has the document as it is now."));
    responses.put("401", described("The service behind it refuses the token."));
    responses.put("403", described("The service behind it does not permit it."));
    responses.put("404", described("There is no such document."));
    responses.put("503", described("The service behind it could not be asked."));
    return Map.of(
        "operationId",
        id(source),
        "tags",
        List.of("resources"),
        "summary",
        "A document of another service, live",
        "parameters",
        parameters,
        "responses",
        responses);
  }

  private static Map<String, ?> parameter(
      String name, String in, boolean required, Map<String, ?> schema) {
    return Map.of("name", name, "in", in, "required", required, "schema", schema);
  }

  private static Map<String, ?> described(String text) {
    return Map.of("description", text);
  }

  private static URL inMemory(byte[] json) {
    try {
      return URL.of(URI.create("memory:/resources.json"), new Memory(json));
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the bytes, wherever the URL points. */
  private static final class Memory extends URLStreamHandler {
    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
