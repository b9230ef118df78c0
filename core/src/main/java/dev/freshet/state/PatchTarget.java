package dev.freshet.state;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The document that a patch is being applied to; owns its tree. For one thread. */
final class PatchTarget {
  private final JsonPatch.Bounds bounds;
  private JsonNode root;
  private int operation = -1;
  private JsonPointer place = new JsonPointer(List.of());
  private long transferred;

  PatchTarget(JsonNode root, JsonPatch.Bounds bounds) {
    this.root = root;
    this.bounds = bounds;
  }

  JsonNode root() {
    return root;
  }

  void apply(PatchOperation next) {
    operation++;
    next.on(this);
  }

  void add(JsonPointer path, JsonNode value) {
    at(path);
    checkDepth(value);
    if (path.root()) {
      root = value;
      return;
    }
    switch (parent()) {
      case ObjectNode object -> object.set(path.last(), value);
      case ArrayNode array ->
          array.insert(path.last().equals("-") ? array.size() : index(array, array.size()), value);
      default -> throw failed("its parent holds no members");
    }
  }

  void replace(JsonPointer path, JsonNode value) {
    at(path);
    checkDepth(value);
    if (path.root()) {
      root = value;
      return;
    }
    switch (parent()) {
      case ObjectNode object -> object.set(existing(object), value);
      case ArrayNode array -> array.set(index(array, array.size() - 1), value);
      default -> throw failed("its parent holds no members");
    }
  }

  void remove(JsonPointer path) {
    at(path);
    if (path.root())
      throw failed("the root cannot be removed; delete the state, or replace it by null");
    switch (parent()) {
      case ObjectNode object -> object.remove(existing(object));
      case ArrayNode array -> array.remove(index(array, array.size() - 1));
      default -> throw failed("its parent holds no members");
    }
  }

  void test(JsonPointer path, JsonNode value) {
    at(path);
    if (!Equality.ofValues(get(path.depth()), value))
      throw failed("the value is not the one tested for");
  }

  /** What a {@code copy} or {@code move} takes, charged to the bound. */
  JsonNode transfer(JsonPointer from) {
    at(from);
    JsonNode value = get(from.depth());
    transferred += Extent.bytes(value, bounds.transferred() - transferred);
    if (transferred > bounds.transferred()) {
      throw failed(
          "copies and moves transfer more than "
              + bounds.transferred()
              + " bytes; send several patches");
    }
    return value;
  }

  private void at(JsonPointer path) {
    place = path;
  }

  private void checkDepth(JsonNode value) {
    if (place.depth() + Extent.depth(value, bounds.depth()) > bounds.depth()) {
      throw failed(
          "the value would be nested deeper than " + bounds.depth() + " levels; flatten it");
    }
  }

  private JsonNode parent() {
    return get(place.depth() - 1);
  }

  private JsonNode get(int depth) {
    JsonNode node = root;
    for (String token : place.tokens().subList(0, depth)) {
      JsonNode next = node.isArray() ? node.get(JsonPointer.index(token)) : node.get(token);
      if (next == null) throw failed("there is no " + JsonPointer.shown(token));
      node = next;
    }
    return node;
  }

  private String existing(ObjectNode object) {
    if (!object.has(place.last())) throw failed("there is no " + JsonPointer.shown(place.last()));
    return place.last();
  }

  private int index(ArrayNode array, int most) {
    int index = JsonPointer.index(place.last());
    if (index < 0 || index > most) {
      throw failed(JsonPointer.shown(place.last()) + " is no index of an array of " + array.size());
    }
    return index;
  }

  private PatchException failed(String reason) {
    return PatchException.failed(operation, place.toString(), reason);
  }
}
