package dev.freshet.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as it came over the socket; header names in lower case. */
record ReceivedRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    String body) {

  /** Null if the client went without asking. */
  static ReceivedRequest read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) return null;
      head.write(b);
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 1; i < lines.length - 2; i++) {
      String[] field = lines[i].split(":", 2);
      add(headers, field[0].toLowerCase(Locale.ROOT), field[1].strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).getFirst());
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] start = lines[0].split(" ", -1);
    String[] target = start[1].split("\\?", 2);
    return new ReceivedRequest(
        start[0], target[0], query(target.length == 2 ? target[1] : ""), headers, body);
  }

  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> query = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) add(query, decode(parts[0]), decode(parts[1]));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void add(Map<String, List<String>> map, String name, String value) {
    map.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }
}
