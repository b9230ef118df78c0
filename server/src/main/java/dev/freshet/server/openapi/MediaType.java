package dev.freshet.server.openapi;

import java.util.Arrays;
import java.util.Locale;

/** Media types as headers name them. */
public final class MediaType {
  private static final int SHOWN = 120;

  private MediaType() {}

  /** {@code type/subtype} in lower case, without parameters. */
  public static String of(String header) {
    int semicolon = header.indexOf(';');
    return (semicolon < 0 ? header : header.substring(0, semicolon))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** A parameter's value, without quotes; empty if there is none. */
  public static String parameter(String header, String name) {
    return Arrays.stream(header.split(";", -1))
        .skip(1)
        .map(String::strip)
        .filter(p -> p.toLowerCase(Locale.ROOT).startsWith(name + "="))
        .map(p -> p.substring(name.length() + 1).replace("\"", ""))
        .findFirst()
        .orElse("");
  }

  /** A client's text as it may stand in an answer: short, without control characters. */
  public static String printable(String text) {
    String head = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return head.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
