package dev.freshet.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PublishCommandTest {
  private static final String RECEIPT =
      "{\"first\":\"p1\",\"position\":\"p2\",\"count\":2,\"duplicate\":false}";

  private static CommandRun accepting() throws IOException {
    return new CommandRun(201, "application/json", RECEIPT);
  }

  private static PublishCommand reading(String text) {
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new PublishCommand(in);
  }

  @Test
  void event_published_printsItsPositionAlone() throws IOException {
    try (CommandRun run = accepting()) {
      assertThat(run.run(reading(""), "orders/7", "order.paid", "{\"n\": 1}")).isZero();
      assertThat(run.out()).isEqualTo("p2" + System.lineSeparator());
      assertThat(run.requests())
          .containsExactly(
              "POST /v1/events {\"topic\":\"orders/7\",\"type\":\"order.paid\",\"data\":{\"n\":1}}");
    }
  }

  @Test
  void data_asADash_comesFromStandardInput() throws IOException {
    try (CommandRun run = accepting()) {
      assertThat(run.run(reading("[1,\n2]"), "orders/7", "x", "-")).isZero();
      assertThat(run.requests().getFirst()).contains("\"data\":[1,2]");
    }
  }

  @Test
  void data_notJson_isRefusedBeforeAnythingIsSent() throws IOException {
    try (CommandRun run = accepting()) {
      assertThat(run.run(reading(""), "orders/7", "x", "nonsense")).isEqualTo(2);
      assertThat(run.err()).startsWith("The data: the text is not JSON");
      assertThat(run.requests()).isEmpty();
    }
  }

  @Test
  void lines_ofEvents_areOneBatch_L4() throws IOException {
    String lines =
        "{\"topic\":\"a\",\"type\":\"x\"}\n\n{\"topic\":\"b\",\"type\":\"y\",\"end\":true}\n";
    try (CommandRun run = accepting()) {
      assertThat(run.run(reading(lines), "--ndjson", "--key=k")).isZero();
      assertThat(run.requests())
          .containsExactly(
              "POST /v1/events [{\"topic\":\"a\",\"type\":\"x\",\"data\":null},"
                  + "{\"topic\":\"b\",\"type\":\"y\",\"data\":null,\"end\":true}]");
    }
  }

  @Test
  void line_thatIsNoEvent_isNamed() throws IOException {
    try (CommandRun run = accepting()) {
      String lines = "{\"topic\":\"a\",\"type\":\"x\"}\n{\"topic\":\"a\"}\n";
      assertThat(run.run(reading(lines), "--ndjson")).isEqualTo(1);
      assertThat(run.err()).startsWith("line 2: needs topic and type");
    }
  }

  @Test
  void refusal_isOneLine_R4() throws IOException {
    String problem = "{\"code\":\"forbidden\",\"detail\":\"topic 'a' is not yours to write\"}";
    try (CommandRun run = new CommandRun(403, "application/problem+json", problem)) {
      assertThat(run.run(reading(""), "a", "x")).isEqualTo(1);
      assertThat(run.err().strip()).isEqualTo("forbidden: topic 'a' is not yours to write");
    }
  }
}
