package dev.freshet.agents.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Summarises a CSV file, or a sample that it makes where there is none. */
final class CsvScript implements Script {
  private static final int MAX_COLUMNS = 4;
  private static final List<String> MEASURES = List.of("count", "mean", "min", "max");
  private static final String SAMPLE = "sample.csv";
  private static final String SUMMARY = "summary.md";

  @Override
  public boolean fits(String words) {
    return words.contains("csv")
        || words.contains("data summary")
        || words.contains("summarise")
        || words.contains("summarize")
        || words.contains("spreadsheet");
  }

  @Override
  public String goal(String task) {
    return "A summary of the data in " + SUMMARY + ", with numbers that were worked out";
  }

  @Override
  public List<String> phases() {
    return List.of("Find the data", "Work out the numbers", "Write the summary");
  }

  @Override
  public Move next(Scene scene) {
    Optional<Result> bad = scene.bad();
    if (bad.isPresent()) return Script.failed(bad.get());
    return switch (scene.phase()) {
      case 0 -> find(scene);
      case 1 -> workOut(scene);
      default -> write(scene);
    };
  }

  private static Move find(Scene scene) {
    if (scene.first()) return Act.of("First I look which files there are.", Call.of("list_files"));
    if (scene.newest("create_file").isPresent())
      return new Say(
          "",
          "There was no CSV file, so I made `"
              + SAMPLE
              + "` with measurements to show how it goes.");
    return chosen(scene.task(), scene.now())
        .<Move>map(path -> new Say("", "The data is in `" + path + "`."))
        .orElseGet(() ->
            Act.of(
                "There is no CSV file. I make a small sample, and will say that it is one.",
                Call.of("create_file", "path", SAMPLE, "content", sample())));
  }

  /** The one that the task names, else the first. */
  private static Optional<String> chosen(String task, List<Result> results) {
    List<String> paths =
        results.stream()
            .filter(r -> r.tool().equals("list_files"))
            .flatMap(r -> StreamSupport.stream(r.json().path("files").spliterator(), false))
            .map(file -> file.path("path").asString())
            .filter(path -> path.toLowerCase(Locale.ROOT).endsWith(".csv"))
            .toList();
    return paths.stream().filter(task::contains).findFirst().or(() -> paths.stream().findFirst());
  }

  private static String path(Scene scene) {
    boolean made = scene.before().stream().anyMatch(r -> r.tool().equals("create_file"));
    return made ? SAMPLE : chosen(scene.task(), scene.before()).orElse(SAMPLE);
  }

  private static Move workOut(Scene scene) {
    if (scene.first()) return Act.of("I read the file.", Call.of("read_file", "path", path(scene)));
    Result read = scene.newest("read_file").orElseThrow();
    Csv csv = csv(read);
    List<Integer> columns = columns(csv);
    if (columns.isEmpty())
      return Script.failed("no column of '" + path(scene) + "' has numbers only");
    if (scene.newest("calculate").isEmpty())
      return new Act(
          "It has "
              + csv.rows().size()
              + " rows, and numbers in "
              + columns.size()
              + " columns. I have each measure of each column worked out.",
          calls(csv, columns));
    return new Say(
        "", "Worked out " + String.join(", ", MEASURES) + " of " + columns.size() + " columns.");
  }

  private static Csv csv(Result read) {
    boolean whole = !read.json().path("truncated").asBoolean(false);
    return Csv.parse(read.json().path("content").asString(""), whole);
  }

  private static List<Integer> columns(Csv csv) {
    return csv.numeric().stream().limit(MAX_COLUMNS).toList();
  }

  private static List<Call> calls(Csv csv, List<Integer> columns) {
    List<Call> calls = new ArrayList<>();
    for (int column : columns) {
      for (String measure : MEASURES)
        calls.add(Call.of("calculate", "expression", expression(measure, csv, column)));
    }
    return calls;
  }

  private static String expression(String measure, Csv csv, int column) {
    String all = String.join(", ", csv.column(column));
    return measure.equals("mean") ? "round(mean(" + all + "), 4)" : measure + "(" + all + ")";
  }

  private static Move write(Scene scene) {
    String summary = summary(scene);
    if (scene.first())
      return Act.of(
          "All numbers are there; I write them down as a table.",
          Call.of("create_file", "path", SUMMARY, "content", summary).replacing());
    return new Say("", summary + "\nThe summary is in `" + SUMMARY + "`.");
  }

  private static String summary(Scene scene) {
    Result read = scene.earlier("read_file").orElseThrow();
    Csv csv = csv(read);
    StringBuilder text =
        new StringBuilder("# Summary of " + path(scene) + "\n\n")
            .append(csv.rows().size() + " rows, " + csv.header().size() + " columns");
    if (read.json().path("truncated").asBoolean(false))
      text.append(" (the file is longer; this is its beginning)");
    text.append(".\n\n| column | ").append(String.join(" | ", MEASURES)).append(" |\n|---|");
    text.append("---:|".repeat(MEASURES.size())).append('\n');
    for (int column : columns(csv)) {
      text.append("| ").append(csv.header().get(column).replace("|", "\\|")).append(" |");
      for (String measure : MEASURES)
        text.append(' ').append(value(scene, expression(measure, csv, column))).append(" |");
      text.append('\n');
    }
    return text.toString();
  }

  private static String value(Scene scene, String expression) {
    return scene.before().stream()
        .filter(r -> r.tool().equals("calculate"))
        .filter(r -> r.params().path("expression").asString().equals(expression))
        .map(r -> r.json().path("value").asString())
        .findFirst()
        .orElse("?");
  }

  private static String sample() {
    return """
    site,date,level_cm,flow_m3_s
    Upper weir,2026-03-01,41.2,3.10
    Upper weir,2026-03-02,44.8,3.62
    Upper weir,2026-03-03,52.5,5.04
    Mill bridge,2026-03-01,63.0,4.88
    Mill bridge,2026-03-02,66.4,5.41
    Mill bridge,2026-03-03,79.9,7.96
    """;
  }
}
