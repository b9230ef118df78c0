package dev.freshet.agents.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.agents.event.AgentEvent;
import dev.freshet.agents.event.ErrorCode;
import dev.freshet.agents.event.Open;
import dev.freshet.agents.event.Outcome;
import dev.freshet.agents.event.ThoughtKind;
import dev.freshet.event.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class ShapingTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  private static final int EVENT_BYTES = 64 << 10;

  private final RunTopics topics = new RunTopics("run");
  private final RunSettings settings =
      new RunSettings(
          Path.of("none"),
          1,
          1,
          100,
          1000,
          EVENT_BYTES,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private final Shaping shaping = new Shaping(topics, settings);

  private JsonNode result(JsonNode result) {
    AgentEvent.ToolComplete end =
        new AgentEvent.ToolComplete(NOW, "c", "t", Outcome.SUCCEEDED, result, null, 1, List.of());
    return ((AgentEvent.ToolComplete) shaping.shape(end)).result();
  }

  private JsonNode kept() {
    return shaping.wholes().get(topics.result("c")).get("result");
  }

  @Test
  void shortResult_staysAsItIs() {
    JsonNode result = Json.parse("{\"a\":[\"b\",1,null,true]}").node();
    assertThat(result(result)).isEqualTo(result);
    assertThat(shaping.wholes()).isEmpty();
  }

  @Test
  void longString_becomesAReferenceInItsPlace() {
    String text = "é".repeat(150);
    ObjectNode result = Json.MAPPER.createObjectNode().put("short", "s").put("long", text);
    JsonNode shown = result(result);
    assertThat(shown.path("short").asString()).isEqualTo("s");
    assertThat(shown.path("long"))
        .isEqualTo(
            Json.MAPPER
                .createObjectNode()
                .put("preview", "é".repeat(100))
                .put("bytes", 300)
                .put("href", "results/c"));
    assertThat(kept()).isEqualTo(result);
  }

  @Test
  void muchOfLittle_becomesAReferenceAltogether() {
    JsonNode shown = result(Json.from(java.util.Collections.nCopies(1000, "x")).node());
    assertThat(shown.path("href").asString()).isEqualTo("results/c");
    assertThat(kept()).hasSize(1000);
  }

  @Test
  void resultWithoutRoom_isKeptCutAndSaysSo() {
    result(StringNode.valueOf("\n".repeat(200_000)));
    assertThat(kept().asString()).endsWith("(cut: 200000 characters)");
    assertThat(Json.of(kept()).length()).isLessThan(EVENT_BYTES / 2);
  }

  @Test
  void resultOfTheRun_isReferredToByItsOwnPlace() {
    AgentEvent end =
        shaping.shape(
            new AgentEvent.ExecutionComplete(NOW, StringNode.valueOf("x".repeat(101)), 1, 0));
    assertThat(((AgentEvent.ExecutionComplete) end).result().path("href").asString())
        .isEqualTo("result");
    assertThat(shaping.wholes()).containsKey(topics.result());
  }

  @Test
  void error_isCutAndSaysSo() {
    AgentEvent end =
        shaping.shape(
            new AgentEvent.ExecutionError(
                NOW, "at x\r\n".repeat(100), ErrorCode.AGENT_FAILED, 1, Open.NOTHING));
    assertThat(((AgentEvent.ExecutionError) end).error())
        .hasSizeLessThan(150)
        .contains("(cut: 500 characters)");
  }

  @Test
  void thoughtPastItsBound_isRefused() {
    AgentEvent.ThinkingDelta last =
        new AgentEvent.ThinkingDelta(NOW, "t", 1, ThoughtKind.ANSWER, 990, "x".repeat(11));
    assertThatThrownBy(() -> shaping.shape(last))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("1001");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anything_becomesTextThatFitsAndIsClean(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      JsonNode shown = result(wild(random, 3));
      String text = Json.of(shown).toString();
      assertThat(Json.of(shown).length()).isLessThan(8 * settings.preview() + 400);
      assertThat(text.chars()).noneMatch(Character::isISOControl);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  private static JsonNode wild(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 2 : 4);
    if (kind < 2) return StringNode.valueOf(units(random));
    if (kind == 2) {
      ObjectNode object = Json.MAPPER.createObjectNode();
      for (int i = random.nextInt(5); i >= 0; i--)
        object.set(units(random), wild(random, depth - 1));
      return object;
    }
    var array = Json.MAPPER.createArrayNode();
    for (int i = random.nextInt(5); i >= 0; i--) array.add(wild(random, depth - 1));
    return array;
  }

  /** UTF-16 units as they come, many of them odd. */
  private static String units(Random random) {
    StringBuilder units = new StringBuilder();
    int length = random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(40);
    for (int i = 0; i < length; i++)
      units.append((char) (random.nextBoolean() ? random.nextInt(0x120) : random.nextInt(0x10000)));
    return units.toString();
  }
}
