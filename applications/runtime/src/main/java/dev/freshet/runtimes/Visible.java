package dev.freshet.runtimes;

import dev.freshet.access.Principal;
import dev.freshet.runtime.Runtime;
import java.util.List;

/** What of a runtime its caller may read; what may not be read is not there (A1). */
record Visible(Runtime runtime, Principal principal) {
  boolean slice(String name) {
    return runtime.names().contains(name) && principal.read().permits(runtime.topic(name));
  }

  /** All of it, if there is any. */
  List<String> require() {
    List<String> slices = runtime.names().stream().filter(this::slice).toList();
    if (slices.isEmpty()) throw Failures.noRuntime(runtime.name());
    return slices;
  }
}
