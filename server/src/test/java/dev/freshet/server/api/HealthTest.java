package dev.freshet.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.freshet.log.LogException;
import dev.freshet.server.http.RequestHead;
import dev.freshet.server.problem.ErrorCode;
import dev.freshet.server.problem.HttpProblem;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthTest {
  private static final Request REQUEST =
      new Request(
          new RequestHead("GET", "/health", EmptyHttpHeaders.INSTANCE, "127.0.0.1"),
          Map.of(),
          Map.of(),
          null,
          null);

  static Stream<Arguments> reasons() {
    Optional<LogException> full =
        Optional.of(new LogException.StorageFull("full", new IOException()));
    Optional<LogException> broken = Optional.of(new LogException.StorageFailed("broken"));
    return Stream.of(
        arguments(true, Optional.empty(), ErrorCode.DRAINING),
        arguments(true, full, ErrorCode.DRAINING),
        arguments(false, full, ErrorCode.STORAGE_FULL),
        arguments(false, broken, ErrorCode.STORAGE_FAILED));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void server_thatShouldNotBeAsked_livesButIsNotReady_R3(
      boolean draining, Optional<LogException> failure, ErrorCode code) {
    Health health = new Health(() -> draining, () -> failure);
    assertThat(health.live(REQUEST).status()).isEqualTo(200);
    HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> health.ready(REQUEST));
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.code().status()).isEqualTo(503);
  }
}
