package dev.freshet.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.event.Topic;
import dev.freshet.log.MemoryLogStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ViewIndexTest {
  @Test
  void matching_randomViewsComeAndGo_findsWhatTheirFiltersMatch() {
    Random random = new Random(3);
    ViewIndex index = new ViewIndex();
    List<View> present = new ArrayList<>();
    try (MemoryLogStore store = new MemoryLogStore();
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        Views views = new Views(store.log("t"), PageSettings.DEFAULT, blocking)) {
      for (int round = 0; round < 3000; round++) {
        if (present.size() < 20 || random.nextBoolean()) {
          View added =
              new View(views, Scope.of(filter(random), Grant.of("**", "$s/**")), Unseen.UNSEEN, 0);
          index.add(added);
          present.add(added);
        } else {
          index.remove(present.remove(random.nextInt(present.size())));
        }
        Topic topic = Topic.of(path(random, false));
        Set<View> found = new HashSet<>();
        index.matching(topic, found::add);
        assertThat(found)
            .isEqualTo(
                new HashSet<>(
                    present.stream().filter(v -> v.scope().filter().matches(topic)).toList()));
      }
    }
  }

  private static Filter filter(Random random) {
    return Filter.of(path(random, true), path(random, true));
  }

  private static String path(Random random, boolean pattern) {
    String[] words =
        pattern ? new String[] {"a", "b", "*", "$s"} : new String[] {"a", "b", "c", "$s"};
    StringBuilder path = new StringBuilder(words[random.nextInt(4)]);
    for (int i = random.nextInt(3); i > 0; i--) path.append('/').append(words[random.nextInt(3)]);
    if (pattern && random.nextInt(3) == 0) path.append("/**");
    return path.toString();
  }
}
