package dev.freshet.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateMicroscopyCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--speed=0       | --speed is 0.0, must be above 0",
        "--microscopes=0 | --microscopes is 0, must be above 0",
        "--duration=x    | --duration: 'x' is no duration; e.g. 30s, 10m or 2h",
        "--away=x        | --away: 'x' is no duration; e.g. 30s, 10m or 2h",
        "--microscopes=3 --token=u | 2 tokens for 3 microscopes: give one for all or one for each"
      })
  void option_thatCannotBe_isRefused_R2(String options, String message) throws IOException {
    try (CommandRun run = new CommandRun(201, "application/json", "{}")) {
      assertThat(run.run(new SimulateMicroscopyCommand(), options.split(" ", -1))).isEqualTo(2);
      assertThat(run.err()).startsWith(message);
      assertThat(run.requests()).isEmpty();
    }
  }

  @Test
  void token_refused_fails_A2() throws IOException {
    try (CommandRun run =
        new CommandRun(401, "application/problem+json", "{\"code\":\"token_expired\"}")) {
      String[] options = {"--seed=7", "--microscopes=1"};
      assertThat(run.run(new SimulateMicroscopyCommand(), options)).isEqualTo(1);
      assertThat(run.out().strip()).isEqualTo("seed 7");
      assertThat(run.err().strip()).isEqualTo("token_expired");
    }
  }

  @Test
  void microscopes_several_reportEachTheirOwn() throws IOException {
    try (CommandRun run =
        new CommandRun(403, "application/problem+json", "{\"code\":\"forbidden\"}")) {
      String[] options = {"--microscopes=2", "--token=u"};
      assertThat(run.run(new SimulateMicroscopyCommand(), options)).isEqualTo(1);
      assertThat(run.requests()).anyMatch(r -> r.contains("\"instrument_id\":\"m12\""));
      assertThat(run.requests()).anyMatch(r -> r.contains("\"instrument_id\":\"m13\""));
    }
  }
}
