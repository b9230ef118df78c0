package dev.freshet.microscopy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Entities of one kind that a request has together. */
final class Batch {
  /**
   * In one request (R1); a batch's is SmartEM's own bound, and the holes of a whole grid square fit
   * a list.
   */
  static final int MAX_BATCH = 1000;

  static final int MAX_LIST = 5000;

  private Batch() {}

  /**
   * @param pointer where in the body the list is
   */
  static List<JsonNode> bounded(JsonNode list, String pointer, int limit) {
    if (list.size() <= limit) return list.valueStream().toList();
    String detail = "batch size " + list.size() + " exceeds limit of " + limit + "; send several";
    throw Failures.invalid("body", pointer, detail);
  }

  /**
   * The entities that are to be created under a parent.
   *
   * @param at where in the body the request with that index is
   * @param parent its uuid
   */
  static List<ObjectNode> created(
      Shape shape, List<JsonNode> requests, IntFunction<String> at, String parent) {
    List<ObjectNode> values =
        IntStream.range(0, requests.size())
            .mapToObj(i -> shape.created(requests.get(i), at.apply(i), parent))
            .toList();
    requireDistinct(values, shape.identity(), at);
    return values;
  }

  private static void requireDistinct(
      List<ObjectNode> values, String identity, IntFunction<String> at) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (seen.add(values.get(i).path(identity).asString(""))) continue;
      throw Failures.invalid(
          "body", at.apply(i) + "/" + identity, "duplicate " + identity + " in batch");
    }
  }
}
