package dev.freshet.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.Freshet;
import dev.freshet.Tenant;
import dev.freshet.access.Grant;
import dev.freshet.event.Filter;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.state.StateStore;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final Freshet.Settings IDLE_AFTER_A_WHILE =
      new Freshet.Settings(
          new PageSettings(1024, 4096, Duration.ofMillis(300), 1 << 20, 64 << 20),
          StateStore.Limits.DEFAULT,
          InstantSource.system());

  @Test
  void view_thatNobodyReadsAnyMore_isGivenUp_howeverBusyItsTopic() {
    try (Freshet freshet = Freshet.open(new MemoryLogStore(), IDLE_AFTER_A_WHILE)) {
      Tenant tenant = freshet.tenant("acme");
      Views views = tenant.views();
      Scope scope = new Scope(Filter.of("a"), Grant.of("**"));
      View left = views.acquire(scope, NativeRepresentation.NATIVE);
      tenant.publish("a", "x", 1);
      views.catchUp();
      views.release(left);
      assertThat(views.acquire(scope, NativeRepresentation.NATIVE)).isSameAs(left);
      views.release(left);
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(5))
          .until(() -> {
            tenant.publish("a", "x", 1);
            views.sweep();
            return views.size() == 0;
          });
      long encoded = views.encoded();
      tenant.publish("a", "x", 1);
      views.catchUp();
      assertThat(views.encoded()).isEqualTo(encoded);
    }
  }
}
