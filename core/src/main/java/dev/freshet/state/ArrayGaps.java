package dev.freshet.state;

import dev.freshet.state.JsonDiff.Gap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Finds where two arrays differ: outside of their common head and tail, around the elements that
 * stayed in order.
 */
final class ArrayGaps {
  private final Budget budget;
  private final Map<Element, Integer> ids = new HashMap<>();

  private ArrayGaps(Budget budget) {
    this.budget = budget;
  }

  static List<Gap> between(ArrayNode a, ArrayNode b, Budget budget) {
    int shorter = Math.min(a.size(), b.size());
    int head = 0;
    while (head < shorter && Equality.ofTexts(a.get(head), b.get(head), budget)) head++;
    int tail = 0;
    while (tail < shorter - head
        && Equality.ofTexts(a.get(a.size() - 1 - tail), b.get(b.size() - 1 - tail), budget)) tail++;
    Gap middle = new Gap(head, a.size() - tail - head, head, b.size() - tail - head);
    if (middle.removed() == 0 && middle.added() == 0) return List.of();
    if (middle.removed() == 0 || middle.added() == 0) return List.of(middle);
    return new ArrayGaps(budget).within(middle, a, b);
  }

  private List<Gap> within(Gap middle, ArrayNode a, ArrayNode b) {
    int[] before = ids(a, middle.a(), middle.removed());
    int[] after = ids(b, middle.b(), middle.added());
    return Alignment.gaps(before, after, budget).stream()
        .map(g -> new Gap(middle.a() + g.a(), g.removed(), middle.b() + g.b(), g.added()))
        .toList();
  }

  /** The same number for the same element, so that the alignment compares numbers only. */
  private int[] ids(ArrayNode array, int from, int count) {
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      JsonNode element = array.get(from + i);
      found[i] =
          ids.computeIfAbsent(
              new Element(element, Hash.of(element, budget), budget), e -> ids.size());
    }
    return found;
  }

  /**
   * An element as a key; comparing it is charged, so that crafted collisions of hashes end in the
   * budget.
   */
  private record Element(JsonNode node, int hash, Budget budget) {
    @Override
    public boolean equals(Object other) {
      budget.visit();
      return other instanceof Element e && hash == e.hash && Equality.ofTexts(node, e.node, budget);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
