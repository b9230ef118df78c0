package dev.freshet.application;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A problem that an answer reports (RFC 9457; PROTOCOL §7).
 *
 * @param detail value, bound and remedy, in one sentence or two
 * @param errors what is wrong with the request, one entry a place; empty unless the code is {@code
 *     invalid_request}
 * @param members further ones of the body, such as {@code current}
 */
public record Problem(
    int status, String code, String detail, List<Invalid> errors, Map<String, Object> members) {
  public Problem {
    errors = List.copyOf(errors);
    members = Map.copyOf(members);
  }

  public Problem(int status, String code, String detail, List<Invalid> errors) {
    this(status, code, detail, errors, Map.of());
  }

  public Problem(int status, String code, String detail) {
    this(status, code, detail, List.of());
  }

  /**
   * One place in a request that is not valid.
   *
   * @param in {@code body}, {@code path}, {@code query} or {@code header}
   * @param pointer a JSON Pointer into the body, or the parameter's name
   * @param missing the member that the object there lacks, if that is what is wrong
   */
  public record Invalid(String in, String pointer, String detail, Optional<String> missing) {
    public Invalid(String in, String pointer, String detail) {
      this(in, pointer, detail, Optional.empty());
    }

    public static Invalid lacks(String in, String pointer, String member) {
      String detail = "lacks the required property '" + member + "'";
      return new Invalid(in, pointer, detail, Optional.of(member));
    }
  }
}
