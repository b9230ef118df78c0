import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.runtime.Action;
import dev.freshet.runtime.Execution;
import dev.freshet.runtime.Runtime;
import dev.freshet.runtime.RuntimeStore;
import dev.freshet.runtime.Slice;

/** A runtime of two slices: what an action does to them, and what a second dispatch does not. */
public final class Counter {
  record Count(int value, String by) {
    Count plus(Step step) {
      return new Count(value + step.by(), step.who());
    }
  }

  record Step(int by, String who) {}

  public static void main(String[] args) {
    Slice<Count> count =
        Slice.of("count", Count.class, new Count(0, "nobody"))
            .allow("count.step", Step.class, Count::plus)
            .on("count.reset", was -> new Count(0, "the program"))
            .showPayload();
    Slice<Integer> steps =
        Slice.of("steps", Integer.class, 0).allow("count.step", Step.class, (n, step) -> n + 1);
    Runtime runtime = Runtime.of("counter", count, steps);

    try (Freshet freshet = Freshet.open(new MemoryLogStore())) {
      Tenant tenant = freshet.tenant("acme");
      RuntimeStore store = tenant.runtime(runtime);
      Execution execution = store.start("run-1", "turn-1");
      Action step = Action.of("count.step", new Step(2, "ada"));
      System.out.println(store.dispatch(step).changes());
      System.out.println("again: duplicate " + store.dispatch(step).duplicate());
      store.publish("noticed", "something that changes no slice");
      execution.complete();
      System.out.println(store.get(count) + ", steps " + store.get(steps));
    }
  }
}
