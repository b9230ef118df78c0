package dev.freshet.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepthTest {
  @ParameterizedTest
  @CsvSource({"1,false", "128,false", "129,true", "400,true"})
  void depth_pastTheBound_isTooDeep_R1(int levels, boolean tooDeep) {
    String json = "[".repeat(levels) + "]".repeat(levels);
    assertThat(Depth.tooDeep(Json.parse(json).node())).isEqualTo(tooDeep);
  }
}
