package dev.freshet.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.server.problem.HttpProblem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream|STREAM",
        "*/*|STREAM",
        "text/*|STREAM",
        "''|STREAM",
        "application/json|PAGE",
        "application/*|PAGE",
        "application/json, text/plain, */*|PAGE",
        "text/event-stream, application/json|STREAM",
        "application/json;q=0.5, text/event-stream;q=0.4|PAGE",
        "text/event-stream;q=0, */*|PAGE",
        "TEXT/Event-Stream|STREAM",
      })
  void accept_whatTheHeaderPrefers(String header, Accept expected) {
    assertThat(Accept.of(Optional.of(header))).isEqualTo(expected);
  }

  @Test
  void accept_withoutHeader_isAStream() {
    assertThat(Accept.of(Optional.empty())).isEqualTo(Accept.STREAM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/*", "application/json;q=0", "nonsense"})
  void accept_neither_isRefused(String header) {
    assertThatThrownBy(() -> Accept.of(Optional.of(header))).isInstanceOf(HttpProblem.class);
  }
}
