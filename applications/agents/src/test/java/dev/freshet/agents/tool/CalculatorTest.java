package dev.freshet.agents.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalculatorTest {
  private static Calculator.Result of(String text) throws Exception {
    return Calculator.calculate(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3 | 7",
        "(1 + 2) * 3 | 9",
        "0.1 + 0.2 | 0.3",
        "-2 ^ 2 | -4",
        "2 ^ 3 ^ 2 | 512",
        "2 ^ -2 | 0.25",
        "10 % 4 - 1 | 1",
        "7 / 8 | 0.875",
        "1e3 + .5 | 1000.5",
        "--3 | 3",
        "2 - -3 | 5",
        "mean(1, 2.5, 4) * 2 | 5",
        "median(3, 1, 2) | 2",
        "median(4, 1, 2, 3) | 2.5",
        "sum() + count(1, 2, 3) | 3",
        "max(1, min(5, 3), 2) | 3",
        "round(2.345, 2) | 2.35",
        "floor(-1.5) + ceil(1.2) | 0",
        "sqrt(144) + abs(-1) | 13",
        "2 ^ 200 | 1606938044258990275541962092341162602522202993782792835301376",
        "100 - 100 | 0"
      })
  void expressions_areWorkedOutExactly(String text, String value) throws Exception {
    assertThat(of(text))
        .satisfies(r -> assertThat(r.text()).isEqualTo(value), r -> assertThat(r.exact()).isTrue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 / 3 | 0.3333333333333333333333333333333333",
        "sqrt(2) | 1.414213562373095048801688724209698",
        "mean(1, 1, 2) | 1.333333333333333333333333333333333"
      })
  void whatHasNoEnd_isRounded_andSaysSo(String text, String value) throws Exception {
    assertThat(of(text).text()).isEqualTo(value);
    assertThat(of(text).exact()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 +",
        "1 2",
        "(1",
        "1)",
        ".",
        "1..2",
        "1 / 0",
        "1 % 0",
        "foo(1)",
        "x",
        "java.lang.System.exit(1)",
        "2 ^ 0.5",
        "sqrt(-1)",
        "mean()",
        "abs(1, 2)",
        "round(1, -1)",
        "9 ^ 9 ^ 9",
        "1e99999",
        "1e9999 + 1",
        "10 ^ 10001",
        "2 ^ 9999 ^ 2",
        "１ + 1",
        "0x10",
        "1,2"
      })
  void whatIsNoExpression_orTooMuch_isRefused(String text) {
    assertThatThrownBy(() -> of(text)).isInstanceOf(ToolException.class);
  }

  @Test
  @Timeout(10)
  void bounds_holdForLengthAndDepth() {
    assertThatThrownBy(() -> of("(".repeat(5000) + "1")).hasMessageContaining("nested");
    assertThatThrownBy(() -> of("-".repeat(5000) + "1")).hasMessageContaining("nested");
    assertThatThrownBy(() -> of("1+".repeat(60_000) + "1")).hasMessageContaining("longer");
    assertThatThrownBy(() -> of("abs(".repeat(5000))).hasMessageContaining("nested");
    assertThatThrownBy(() -> of("1e9000*1e9000*1e9000*1e9000")).isInstanceOf(ToolException.class);
  }

  /** Sums, products and brackets at random, against the same made of decimals. */
  @Test
  void randomExpressions_meanTheSameAsDecimals() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      BigDecimal expected = expression(random, 4, text);
      assertThat(of(text.toString()).value()).as(text.toString()).isEqualByComparingTo(expected);
    }
  }

  private static BigDecimal expression(Random random, int depth, StringBuilder text) {
    if (depth == 0 || random.nextInt(4) == 0) {
      BigDecimal number = new BigDecimal(random.nextInt(2000)).movePointLeft(random.nextInt(4));
      text.append(number.toPlainString());
      return number;
    }
    text.append(random.nextBoolean() ? "(" : " ( ");
    BigDecimal left = expression(random, depth - 1, text);
    char operator = "+-*".charAt(random.nextInt(3));
    text.append(' ').append(operator).append(random.nextBoolean() ? "" : "\n");
    BigDecimal right = expression(random, depth - 1, text);
    text.append(')');
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      default -> left.multiply(right);
    };
  }

  /** Whatever it is given it answers or refuses, soon. */
  @Test
  @Timeout(30)
  void randomText_isAnsweredOrRefused() throws Exception {
    String alphabet = "0123456789+-*/%^().,e sqrtmean";
    Random random = new Random(5);
    int answered = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(25); j >= 0; j--)
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      try {
        of(text.toString());
        answered++;
      } catch (ToolException refused) {
        // Told so.
      }
    }
    assertThat(answered).isPositive();
  }
}
