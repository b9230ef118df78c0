package dev.freshet.runtimes;

import dev.freshet.application.Call;
import dev.freshet.application.Feed;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeRepresentation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code GET /events}: slices of a runtime, and what happens in it. */
final class RuntimeFeed implements Feed {
  private final Runtimes runtimes;

  RuntimeFeed(Runtimes runtimes) {
    this.runtimes = runtimes;
  }

  @Override
  public Optional<Selection> select(Call call) {
    Host host = runtimes.host(call.queryParameter("runtime"));
    Runtime runtime = host.runtime();
    List<String> slices = slices(call, runtime);
    host.ready(call.tenant());
    Selection selection =
        new Selection(runtime.filter(slices), new RuntimeRepresentation(runtime.root()));
    return Optional.of(host.attended(selection, call.tenant()));
  }

  private static List<String> slices(Call call, Runtime runtime) {
    Visible visible = new Visible(runtime, call.principal());
    List<String> named = named(call);
    if (named.isEmpty()) return visible.require();
    for (String slice : named) {
      if (!visible.slice(slice)) throw Failures.noSlice(slice);
    }
    return named;
  }

  private static List<String> named(Call call) {
    String list = call.queryParameter("slices").orElse("");
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}
