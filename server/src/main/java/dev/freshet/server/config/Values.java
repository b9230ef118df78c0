package dev.freshet.server.config;

import dev.freshet.event.TopicPattern;
import dev.freshet.log.Retention.Rule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text to values and back, by type. */
final class Values {
  private Values() {}

  /**
   * @throws IllegalArgumentException if the text is not of the type
   */
  static Object parse(Class<?> type, String text) {
    if (type == int.class) return Integer.parseInt(text);
    if (type == long.class) return Long.parseLong(text);
    if (type == BigDecimal.class) return decimal(text);
    if (type == boolean.class) return truth(text);
    if (type == Duration.class) return Durations.parse(text);
    if (type == Size.class) return Size.parse(text);
    if (type == Path.class) return Path.of(text);
    if (type == Rule.class) return RetentionRules.parse(text);
    if (type.isEnum()) return constant(type, text);
    return text;
  }

  /** The items of a list, of the type that the component declares. */
  static List<?> list(Class<?> item, String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .map(s -> parse(item, s))
        .toList();
  }

  /** The text that {@link #parse} or {@link #list} makes the value of. */
  static String text(Object value) {
    return switch (value) {
      case List<?> items -> items.stream().map(Values::text).collect(Collectors.joining(","));
      case Duration duration -> Durations.text(duration);
      case BigDecimal number -> number.toPlainString();
      case Rule rule -> RetentionRules.text(rule);
      case Enum<?> constant -> name(constant);
      default -> value.toString();
    };
  }

  static String describe(Class<?> type) {
    if (type == int.class || type == long.class) return "a whole number";
    if (type == BigDecimal.class) return "a number";
    if (type == boolean.class) return "true or false";
    if (type == Duration.class) return "a duration such as 250ms, 15s, 5m, 24h or 7d";
    if (type == Size.class) return "a size such as 512, 64KiB, 1MiB or 2GiB";
    if (type == Path.class) return "a path";
    if (type == Rule.class)
      return "rules such as 'tasks/** age=7d count=1000000 bytes=1GiB', joined by commas";
    if (type.isEnum()) return "one of " + names(type);
    return "text";
  }

  private static BigDecimal decimal(String text) {
    if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) throw new IllegalArgumentException(text);
    return new BigDecimal(text);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Object constant(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> name(c).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private static String names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Values::name)
        .collect(Collectors.joining(", "));
  }

  private static String name(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  /** The text form of retention rules: pattern, then any of age, count and bytes. */
  static final class RetentionRules {
    private RetentionRules() {}

    static String text(Rule rule) {
      return rule.pattern()
          + " age="
          + Durations.text(rule.maxAge())
          + (rule.maxCount() == Long.MAX_VALUE ? "" : " count=" + rule.maxCount())
          + (rule.maxBytes() == Long.MAX_VALUE ? "" : " bytes=" + new Size(rule.maxBytes()));
    }

    static Rule parse(String text) {
      String[] parts = text.split("\\s+", -1);
      Duration age = Duration.ofDays(36500);
      long count = Long.MAX_VALUE;
      long bytes = Long.MAX_VALUE;
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        String value = part.substring(part.indexOf('=') + 1);
        switch (part.substring(0, Math.max(0, part.indexOf('=')))) {
          case "age" -> age = Durations.parse(value);
          case "count" -> count = Long.parseLong(value);
          case "bytes" -> bytes = Size.parse(value).bytes();
          default -> throw new IllegalArgumentException(part);
        }
      }
      return new Rule(TopicPattern.of(parts[0]), age, count, bytes);
    }
  }
}
