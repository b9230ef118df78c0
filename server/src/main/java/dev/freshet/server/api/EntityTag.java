package dev.freshet.server.api;

import dev.freshet.server.problem.HttpProblem;
import dev.freshet.state.Precondition;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of states as entity tags (S2). */
final class EntityTag {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  private EntityTag() {}

  static String of(long version) {
    return "\"" + version + "\"";
  }

  /** Whether {@code If-None-Match} says that the reader has this version. */
  static boolean held(Optional<String> ifNoneMatch, long version) {
    return ifNoneMatch.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals("*") || tag.equals(of(version)));
  }

  /** What {@code If-Match} and {@code If-None-Match} demand of a state that is to be written. */
  static Precondition precondition(Request request) {
    Optional<String> match = request.header("if-match");
    Optional<String> noneMatch = request.header("if-none-match");
    if (match.isPresent() && noneMatch.isPresent()) {
      throw HttpProblem.invalid("header", "If-Match", "and If-None-Match exclude each other");
    }
    if (noneMatch.isPresent()) {
      if (noneMatch.get().strip().equals("*")) return Precondition.ABSENT;
      throw HttpProblem.invalid("header", "If-None-Match", "can only be * in a write");
    }
    return match.map(EntityTag::version).orElse(Precondition.NONE);
  }

  private static Precondition version(String header) {
    if (header.strip().equals("*")) return Precondition.PRESENT;
    Matcher tag = TAG.matcher(header.strip());
    if (tag.matches()) return Precondition.version(Long.parseLong(tag.group(1)));
    throw HttpProblem.invalid(
        "header", "If-Match", "must be one version in quotes, such as \"7\", or *");
  }
}
