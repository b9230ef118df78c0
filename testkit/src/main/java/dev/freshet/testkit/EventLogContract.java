package dev.freshet.testkit;

import dev.freshet.log.KeyWindow;
import dev.freshet.log.LogStore;
import dev.freshet.log.Retention;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link dev.freshet.log.EventLog} must do (L1–L5, S1, S2, and the log's part of U1 and
 * U2). A test of an implementation extends this and says how to open it.
 */
@Timeout(60)
public abstract class EventLogContract
    implements AppendContract,
        StateContract,
        ReadContract,
        FollowContract,
        RetentionContract,
        TopicsContract,
        StoreContract {
  private final ManualClock clock = new ManualClock();
  private final List<LogStore> stores = new ArrayList<>();

  /**
   * Opens a new, empty store, which nobody else has and which applies retention when told to only.
   */
  protected abstract LogStore open(Retention retention, KeyWindow keys, InstantSource clock);

  @Override
  public LogStore store(Retention retention, KeyWindow keys) {
    LogStore store = open(retention, keys, clock);
    stores.add(store);
    return store;
  }

  @Override
  public ManualClock clock() {
    return clock;
  }

  @AfterEach
  void closeStores() {
    stores.forEach(LogStore::close);
  }
}
