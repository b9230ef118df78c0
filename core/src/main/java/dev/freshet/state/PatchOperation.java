package dev.freshet.state;

import tools.jackson.databind.JsonNode;

/** One operation of RFC 6902, well formed. */
sealed interface PatchOperation {
  JsonPointer path();

  /** Does it. */
  void on(PatchTarget target);

  record Add(JsonPointer path, JsonNode value) implements PatchOperation {
    @Override
    public void on(PatchTarget target) {
      target.add(path, value.deepCopy());
    }
  }

  record Remove(JsonPointer path) implements PatchOperation {
    @Override
    public void on(PatchTarget target) {
      target.remove(path);
    }
  }

  record Replace(JsonPointer path, JsonNode value) implements PatchOperation {
    @Override
    public void on(PatchTarget target) {
      target.replace(path, value.deepCopy());
    }
  }

  record Move(JsonPointer from, JsonPointer path) implements PatchOperation {
    @Override
    public void on(PatchTarget target) {
      JsonNode value = target.transfer(from);
      if (from.equals(path)) return;
      target.remove(from);
      target.add(path, value);
    }
  }

  record Copy(JsonPointer from, JsonPointer path) implements PatchOperation {
    @Override
    public void on(PatchTarget target) {
      target.add(path, target.transfer(from).deepCopy());
    }
  }

  record Test(JsonPointer path, JsonNode value) implements PatchOperation {
    @Override
    public void on(PatchTarget target) {
      target.test(path, value);
    }
  }
}
