package dev.freshet.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TailCommandTest {
  private static final String STREAM =
      """
      event: stream.open
      data: {"resumed":false,"position":"p1","heartbeatMs":15000}

      event: state.initial
      data: {"topic":"a/b","value":{"n":1},"version":4,"timestamp":"2026-01-05T10:00:00.000Z"}

      event: stream.live
      id: p1
      data: {"position":"p1"}

      event: x
      id: p2
      data: {"topic":"a/b","time":"2026-01-05T10:00:01.000Z","data":[1]}

      event: state.delete
      id: p3
      data: {"topic":"a/b","version":5,"base":4,"timestamp":"2026-01-05T10:00:02.000Z"}

      event: stream.end
      id: p3
      data: {"reason":"completed"}

      """;

  private static CommandRun streaming() throws IOException {
    return new CommandRun(200, "text/event-stream", STREAM);
  }

  @Test
  void lines_ofAStream_areShort() throws IOException {
    try (CommandRun run = streaming()) {
      assertThat(run.run(new TailCommand(), "a/*", "--type=x", "--type=y", "--after=earliest"))
          .isZero();
      assertThat(run.out().lines().map(line -> line.substring(12)))
          .containsExactly("  a/b  v4  {\"n\":1}", "  a/b  x  [1]", "  a/b  v5  removed");
      assertThat(run.err().lines())
          .containsExactly("# open", "# live from p1", "# ended, completed");
      assertThat(run.requests().getFirst())
          .startsWith("GET /v1/stream?topic=a%2F*&type=x&type=y&after=earliest");
    }
  }

  @Test
  void lines_asJson_areWhole() throws IOException {
    try (CommandRun run = streaming()) {
      assertThat(run.run(new TailCommand(), "a/b", "--json")).isZero();
      assertThat(run.out().lines())
          .containsExactly(
              "{\"topic\":\"a/b\",\"time\":\"2026-01-05T10:00:00Z\",\"version\":4,\"value\":{\"n\":1}}",
              "{\"topic\":\"a/b\",\"time\":\"2026-01-05T10:00:01Z\",\"type\":\"x\",\"position\":\"p2\",\"data\":[1]}",
              "{\"topic\":\"a/b\",\"time\":\"2026-01-05T10:00:02Z\",\"version\":5,\"removed\":true}");
    }
  }

  @Test
  void refusal_isOneLine_A1() throws IOException {
    try (CommandRun run =
        new CommandRun(401, "application/problem+json", "{\"code\":\"token_expired\"}")) {
      assertThat(run.run(new TailCommand(), "a/b")).isEqualTo(1);
      assertThat(run.err().strip()).isEqualTo("token_expired");
    }
  }
}
