package dev.freshet.microscopy;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Atlases are answered with their tiles in them, which are kept as entities of their own. */
final class Atlases {
  private Atlases() {}

  static ObjectNode withTiles(JsonNode atlas, Collection<? extends JsonNode> tiles) {
    ObjectNode answer = (ObjectNode) atlas.deepCopy();
    answer.putArray("tiles").addAll(tiles);
    return answer;
  }

  /** Each atlas with those of the tiles that are its own. */
  static List<JsonNode> withTheirTiles(List<JsonNode> atlases, List<JsonNode> tiles) {
    Map<String, List<JsonNode>> byAtlas =
        tiles.stream().collect(groupingBy(tile -> tile.path("atlas_uuid").asString()));
    return atlases.stream()
        .<JsonNode>map(atlas ->
            withTiles(atlas, byAtlas.getOrDefault(atlas.path("uuid").asString(), List.of())))
        .toList();
  }
}
