package dev.freshet.runtimes;

import dev.freshet.Tenant;
import dev.freshet.application.Feed.Selection;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A runtime in the tenants that use it. Thread-safe. */
class Host {
  private final Runtime runtime;
  private final Map<Tenant, RuntimeStore> stores = new ConcurrentHashMap<>();

  Host(Runtime runtime) {
    this.runtime = runtime;
  }

  Runtime runtime() {
    return runtime;
  }

  RuntimeStore in(Tenant tenant) {
    RuntimeStore open = stores.get(tenant);
    // Opening writes: not while the map holds a lock that others may wait for.
    return open != null ? open : opened(tenant);
  }

  private RuntimeStore opened(Tenant tenant) {
    RuntimeStore store = tenant.runtime(runtime);
    RuntimeStore earlier = stores.putIfAbsent(tenant, store);
    return earlier == null ? store : earlier;
  }

  /** Sees to it that a viewer who comes now finds something to see. */
  void ready(Tenant tenant) {
    RuntimeStore unused = in(tenant);
  }

  /** What a viewer selected, with what this wants to know of it. */
  Selection attended(Selection selection, Tenant tenant) {
    return selection;
  }

  /** Lets go of the tenants: their server has ended. */
  void forget() {
    stores.clear();
  }
}
