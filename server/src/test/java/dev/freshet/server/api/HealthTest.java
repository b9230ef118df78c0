package dev.freshet.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.server.http.RequestHead;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
  private static final Request REQUEST =
      new Request(
          new RequestHead("GET", "/health", EmptyHttpHeaders.INSTANCE, "127.0.0.1"),
          Map.of(),
          Map.of(),
          null,
          null);

  @ParameterizedTest
  @CsvSource({"true,true,DRAINING", "true,false,DRAINING", "false,false,STORAGE_FAILED"})
  void server_thatShouldNotBeAsked_livesButIsNotReady_R3(
      boolean draining, boolean writable, ErrorCode code) {
    Health health = new Health(() -> draining, () -> writable);
    assertThat(health.live(REQUEST).status()).isEqualTo(200);
    HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> health.ready(REQUEST));
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.code().status()).isEqualTo(503);
  }
}
