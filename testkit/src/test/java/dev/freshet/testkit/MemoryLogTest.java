package dev.freshet.testkit;

import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogStore;
import dev.freshet.log.MemoryLogStore;
import dev.freshet.log.Retention;
import java.time.InstantSource;

class MemoryLogTest extends EventLogContract {
  @Override
  protected LogStore open(Retention retention, KeyWindow keys, InstantSource clock) {
    return new MemoryLogStore(retention, keys, clock);
  }
}
