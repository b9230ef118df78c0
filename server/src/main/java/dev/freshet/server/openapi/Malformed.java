package dev.freshet.server.openapi;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;

/** What is wrong with a text that is not JSON, in words of JSON instead of the parser's. */
public final class Malformed {
  private Malformed() {}

  /** One sentence with the place; nothing of how the text is read. */
  public static String describe(JacksonException failure) {
    return reason(failure) + place(failure.getLocation());
  }

  private static String reason(JacksonException failure) {
    String message = String.valueOf(failure.getOriginalMessage());
    return switch (failure) {
      case UnexpectedEndOfInputException e -> "the JSON ends before it is complete";
      case StreamConstraintsException e ->
          "the JSON is nested too deep, or has a number or name that is too long";
      case DatabindException e when message.startsWith("Duplicate") ->
          "an object of the JSON names a member twice";
      case DatabindException e -> "something follows the JSON value";
      default ->
          message.startsWith("Unexpected character")
              ? "the JSON has a character that may not stand there"
              : "the text is not JSON";
    };
  }

  private static String place(TokenStreamLocation at) {
    return at == null || at.getLineNr() < 1
        ? ""
        : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }
}
