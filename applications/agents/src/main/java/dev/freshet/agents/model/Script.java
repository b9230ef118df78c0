package dev.freshet.agents.model;

import dev.freshet.event.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the scripted model goes about one sort of task. */
interface Script {
  /** Whether the words are those of such a task. */
  boolean fits(String words);

  String goal(String task);

  List<String> phases();

  Move next(Scene scene);

  /** The first that fits; the last fits everything. */
  static Script of(String task) {
    String words = task.toLowerCase(Locale.ROOT);
    return Stream.of(
            new FetchScript(),
            new CommandScript(),
            new LandingPageScript(),
            new CsvScript(),
            new FailingScript(),
            new OtherScript())
        .filter(script -> script.fits(words))
        .findFirst()
        .orElseThrow();
  }

  /** What it does next, and what it thinks before. */
  sealed interface Move {
    String thought();
  }

  /** Says something, which ends the phase. */
  record Say(String thought, String text) implements Move {}

  /** Has tools do something, all at once. */
  record Act(String thought, List<Call> calls) implements Move {
    static Act of(String thought, Call... calls) {
      return new Act(thought, List.of(calls));
    }
  }

  /** A tool call to be. */
  record Call(String tool, ObjectNode params) {
    static Call of(String tool, String... members) {
      ObjectNode params = Json.MAPPER.createObjectNode();
      for (int i = 0; i < members.length; i += 2) params.put(members[i], members[i + 1]);
      return new Call(tool, params);
    }

    /** The same, where what is there may be replaced. */
    Call replacing() {
      return new Call(tool, params.deepCopy().put("replace", true));
    }
  }

  /** What a tool answered. */
  record Result(String tool, JsonNode params, String text, boolean good) {
    JsonNode json() {
      return good ? Json.MAPPER.readTree(text) : Json.MAPPER.missingNode();
    }
  }

  /**
   * Where the run stands.
   *
   * @param phase counts from 0
   * @param before results of earlier phases
   * @param now results of this phase
   * @param tools that there are
   */
  record Scene(String task, int phase, List<Result> before, List<Result> now, List<String> tools) {
    public Scene {
      before = List.copyOf(before);
      now = List.copyOf(now);
    }

    /** The newest result of a tool in this phase. */
    Optional<Result> newest(String tool) {
      return now.stream().filter(r -> r.tool().equals(tool)).reduce((first, second) -> second);
    }

    /** The newest result of a tool in earlier phases. */
    Optional<Result> earlier(String tool) {
      return before.stream().filter(r -> r.tool().equals(tool)).reduce((first, second) -> second);
    }

    boolean first() {
      return now.isEmpty();
    }

    Optional<Result> bad() {
      return now.stream().filter(r -> !r.good()).findFirst();
    }
  }

  /** Ends the task as one that can't be done. */
  static Say failed(String why) {
    return new Say("", Prompts.FAILED + " " + why);
  }

  /** As one that can't be done because of what a tool answered. */
  static Say failed(Result bad) {
    return failed(bad.tool() + " did not do it: " + bad.text());
  }
}
