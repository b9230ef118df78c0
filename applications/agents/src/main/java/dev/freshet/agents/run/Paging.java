package dev.freshet.agents.run;

import dev.freshet.agents.event.Reduction;
import dev.freshet.agents.event.Step;
import dev.freshet.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Puts the steps of a run that are done into pages. */
final class Paging {
  private final int most;
  private final int mostBytes;
  private final List<StepPage> pages = new ArrayList<>();
  private final List<Step> page = new ArrayList<>();
  private int from;
  private long bytes;

  private Paging(int most, int mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /**
   * Pages with all steps that are done.
   *
   * @param most steps that a page has
   * @param mostBytes that a page has, unless one step alone has more
   */
  static List<StepPage> of(Reduction run, int most, int mostBytes) {
    Paging paging = new Paging(most, mostBytes);
    run.steps().entrySet().stream()
        .filter(step -> !step.getValue().unsettled())
        .forEach(paging::add);
    paging.close();
    return paging.pages;
  }

  private void add(Map.Entry<Integer, Step> step) {
    int length = Json.from(step.getValue()).length();
    boolean follows = step.getKey() == from + page.size();
    if (!follows || page.size() == most || bytes + length > mostBytes) close();
    if (page.isEmpty()) from = step.getKey();
    page.add(step.getValue());
    bytes += length;
  }

  private void close() {
    if (!page.isEmpty()) pages.add(new StepPage(from, page));
    page.clear();
    bytes = 0;
  }

  static List<Integer> places(StepPage page) {
    return IntStream.range(page.from(), page.from() + page.steps().size()).boxed().toList();
  }
}
