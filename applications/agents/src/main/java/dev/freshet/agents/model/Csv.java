package dev.freshet.agents.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table as RFC 4180 writes it, with a header. */
record Csv(List<String> header, List<List<String>> rows) {
  Csv {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * @param whole whether the last line is; else it is left out
   */
  static Csv parse(String text, boolean whole) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') field.append(c);
        else if (i + 1 < text.length() && text.charAt(i + 1) == '"') field.append(text.charAt(++i));
        else quoted = false;
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        line.add(taken(field));
      } else if (c == '\n') {
        line.add(taken(field));
        add(lines, line);
        line = new ArrayList<>();
      } else if (c != '\r') {
        field.append(c);
      }
    }
    if (whole) {
      line.add(taken(field));
      add(lines, line);
    }
    if (lines.isEmpty()) return new Csv(List.of(), List.of());
    return new Csv(lines.getFirst(), lines.subList(1, lines.size()));
  }

  private static String taken(StringBuilder field) {
    String text = field.toString().strip();
    field.setLength(0);
    return text;
  }

  private static void add(List<List<String>> lines, List<String> line) {
    if (line.size() > 1 || !line.getFirst().isEmpty()) lines.add(List.copyOf(line));
  }

  /** What of a column is not empty. */
  List<String> column(int index) {
    return rows.stream()
        .map(row -> index < row.size() ? row.get(index) : "")
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /** The columns that have numbers only, and at least one. */
  List<Integer> numeric() {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      List<String> values = column(i);
      if (!values.isEmpty() && values.stream().allMatch(v -> number(v).isPresent())) found.add(i);
    }
    return found;
  }

  private static Optional<BigDecimal> number(String text) {
    return text.length() < 30 && text.matches("-?[0-9]+(\\.[0-9]+)?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }
}
