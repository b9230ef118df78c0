package dev.freshet.microscopy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.application.Problem;
import dev.freshet.application.Problem.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
  @Test
  void of_places_isAValidationError() {
    Problem problem =
        new Problem(
            422,
            "invalid_request",
            "two places",
            List.of(
                new Invalid("body", "/gridsquares/2/grid~1uuid", "is not a string"),
                Invalid.lacks("body", "", "uuid")));
    assertThat(ErrorBody.of(problem))
        .hasToString(
            """
            {"detail":[{"loc":["body","gridsquares",2,"grid/uuid"],"msg":"is not a string","type":"value_error"},\
            {"loc":["body","uuid"],"msg":"Field required","type":"missing"}]}\
            """);
  }

  @Test
  void of_422WithoutPlaces_isAListToo() {
    assertThat(ErrorBody.of(new Problem(422, "snapshot_too_large", "too much")))
        .hasToString(
            """
            {"detail":[{"loc":["request"],"msg":"too much","type":"value_error"}]}\
            """);
  }

  @Test
  void of_anythingElse_isADetail() {
    assertThat(ErrorBody.of(Failures.notFound(Kind.FOILHOLE).problem()))
        .hasToString("{\"detail\":\"Foil Hole not found\"}");
  }
}
