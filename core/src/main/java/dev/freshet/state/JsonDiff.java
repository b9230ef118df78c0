package dev.freshet.state;

import dev.freshet.event.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the operations that make one value of another (S3): {@code add}, {@code remove} and {@code
 * replace} only, which a client can apply without holding more than the value. Applying them to
 * {@code a} gives {@code b} text for text, but for the order of members. A container that changed
 * so much that its operations outweigh it is replaced whole.
 *
 * <p>Both values must be as they come from parsing {@link Json}: one node type for each kind of
 * number.
 */
final class JsonDiff {
  private final Budget budget;
  private final PatchWriter patch;

  private JsonDiff(Budget budget) {
    this.budget = budget;
    this.patch = new PatchWriter(budget);
  }

  /**
   * The operations, none if the values are the same; empty if finding them would cost more than the
   * budget.
   */
  static Optional<ArrayNode> diff(JsonNode a, JsonNode b, Budget budget) {
    try {
      JsonDiff diff = new JsonDiff(budget);
      diff.value(a, b);
      return Optional.of(diff.patch.operations());
    } catch (Budget.Spent spent) {
      return Optional.empty();
    }
  }

  private void value(JsonNode a, JsonNode b) {
    budget.visit();
    PatchWriter.Mark mark = patch.mark();
    switch (a) {
      case ObjectNode before when b instanceof ObjectNode after -> members(before, after);
      case ArrayNode before when b instanceof ArrayNode after -> elements(before, after);
      default -> {
        if (!Equality.ofTexts(a, b, budget)) patch.replace(b);
        return;
      }
    }
    patch.replaceIfShorter(mark, b);
  }

  private void members(ObjectNode a, ObjectNode b) {
    for (Map.Entry<String, JsonNode> member : a.properties()) {
      JsonNode after = b.get(member.getKey());
      int parent = patch.enter(member.getKey());
      if (after == null) patch.remove();
      else value(member.getValue(), after);
      patch.leave(parent);
    }
    for (Map.Entry<String, JsonNode> member : b.properties()) {
      if (a.has(member.getKey())) continue;
      int parent = patch.enter(member.getKey());
      patch.add(member.getValue());
      patch.leave(parent);
    }
  }

  /**
   * From the last gap to the first, so that indices of the earlier ones hold while they are
   * reached.
   */
  private void elements(ArrayNode a, ArrayNode b) {
    List<Gap> gaps = ArrayGaps.between(a, b, budget);
    for (Gap gap : gaps.reversed()) fill(gap, a, b);
  }

  /**
   * Changes elements in place as far as both sides reach; then removes what is left of one, or adds
   * of the other.
   */
  private void fill(Gap gap, ArrayNode a, ArrayNode b) {
    int common = Math.min(gap.removed(), gap.added());
    for (int i = gap.removed(); i > common; i--) at(gap.a() + common, patch::remove);
    for (int i = common; i < gap.added(); i++) {
      JsonNode added = b.get(gap.b() + i);
      at(gap.a() + i, () -> patch.add(added));
    }
    for (int i = common - 1; i >= 0; i--) {
      JsonNode before = a.get(gap.a() + i);
      JsonNode after = b.get(gap.b() + i);
      at(gap.a() + i, () -> value(before, after));
    }
  }

  private void at(int index, Runnable edit) {
    int parent = patch.enter(Integer.toString(index));
    edit.run();
    patch.leave(parent);
  }

  /**
   * Where two arrays differ: {@code removed} elements from {@code a} on became {@code added}
   * elements from {@code b} on.
   */
  record Gap(int a, int removed, int b, int added) {}
}
