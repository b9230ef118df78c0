package dev.freshet.server.api;

import dev.freshet.server.http.Answer;
import dev.freshet.server.http.OpenStream;
import dev.freshet.server.http.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;

/** The headers that every answer has. */
final class Decoration {
  private Decoration() {}

  /**
   * @param cors what the origin is told
   */
  static Outcome of(Outcome outcome, List<Entry<String, String>> cors) {
    return switch (outcome) {
      case OpenStream stream -> new OpenStream(stream.stream(), join(stream.headers(), cors));
      case Answer answer ->
          new Answer(answer.status(), join(common(answer.headers()), cors), answer.body());
    };
  }

  private static List<Entry<String, String>> common(List<Entry<String, String>> own) {
    List<Entry<String, String>> all = new ArrayList<>(own);
    all.add(java.util.Map.entry("x-content-type-options", "nosniff"));
    boolean cached = own.stream().anyMatch(h -> h.getKey().equals("cache-control"));
    if (!cached) all.add(java.util.Map.entry("cache-control", "no-store"));
    return all;
  }

  private static List<Entry<String, String>> join(
      List<Entry<String, String>> a, List<Entry<String, String>> b) {
    List<Entry<String, String>> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
