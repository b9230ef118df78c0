package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0-0",
    "35, 36, z-10",
    "9223372036854775807, 9223372036854775807, 1y2p0ij32e8e7-1y2p0ij32e8e7"
  })
  void token_anyPosition_isParsedBack(long epoch, long offset, String token) {
    Position position = new Position(epoch, offset);
    assertThat(position.token()).isEqualTo(token).matches("[A-Za-z0-9._-]{1,64}");
    assertThat(Position.parse(token)).contains(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1--1",
        "-1-1",
        "+1-1",
        "1-+1",
        "A-1",
        "1-Z",
        "01-1",
        "1-01",
        "1-1-1",
        " 1-1",
        "1-1 ",
        "1_1",
        "1y2p0ij32e8e8-0",
        "٣-١",
        "1-1\n",
        "earliest",
        "null"
      })
  void parse_anythingElse_isEmpty_U3(String token) {
    assertThat(Position.parse(token)).isEmpty();
  }

  @Test
  void parse_randomText_isEmptyOrItsOwnToken_U3() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      String token = random(random);
      Position.parse(token).ifPresent(position -> assertThat(position.token()).isEqualTo(token));
    }
  }

  private static String random(Random random) {
    String characters = "0019azZ--+. \0é٣";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(70); i > 0; i--)
      text.append(characters.charAt(random.nextInt(characters.length())));
    return text.toString();
  }

  @Test
  void position_negative_isRefused() {
    assertThatThrownBy(() -> new Position(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Position(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
