package dev.freshet.log;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Logs on disk: one directory for all tenants, used by one process at a time. Thread-safe.
 *
 * <p>When the disk is full, appends fail until there is room again (some 16 MiB), which is noticed
 * within seconds. After other write errors the store has to be opened again.
 */
public final class RocksLogStore implements LogStore {
  private final Settings settings;
  private final InstantSource clock;
  private final Database database;
  private final Session session;
  private final Tenants tenants;
  private final Committer committer;
  private final Sweeper sweeper;
  private final TopicCache topics = new TopicCache();
  private final Map<String, RocksLog> logs = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens the store.
   *
   * @param durability what an acknowledged append survives (L1)
   * @param retention what is kept (L5); other rules than the log was written with make the next
   *     opening read it once
   * @param retentionInterval how often retention is applied
   * @param keys how long idempotency keys are remembered (L3)
   */
  public record Settings(
      Durability durability, Retention retention, Duration retentionInterval, KeyWindow keys) {
    public static final Settings DEFAULT =
        new Settings(Durability.FSYNC, Retention.DEFAULT, Duration.ofMinutes(1), KeyWindow.DEFAULT);

    public Settings {
      if (retentionInterval.isNegative() || retentionInterval.isZero()) {
        throw new IllegalArgumentException(
            "the retention interval must be positive, not " + retentionInterval);
      }
    }

    public Settings durability(Durability durability) {
      return new Settings(durability, retention, retentionInterval, keys);
    }

    public Settings retention(Retention retention) {
      return new Settings(durability, retention, retentionInterval, keys);
    }

    public Settings retentionInterval(Duration retentionInterval) {
      return new Settings(durability, retention, retentionInterval, keys);
    }

    public Settings keys(KeyWindow keys) {
      return new Settings(durability, retention, retentionInterval, keys);
    }
  }

  private RocksLogStore(
      Database database, Session session, Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.database = database;
    this.session = session;
    this.tenants = new Tenants(database, session.lossy());
    session.begin();
    this.committer = new Committer(database, tenants, clock);
    this.sweeper = new Sweeper(settings.retentionInterval(), logs::values);
    committer.start();
  }

  /**
   * Opens the store in a directory, which is made if it is not there.
   *
   * @throws LogException.StorageFailed if it is in use, or holds something else
   */
  public static RocksLogStore open(Path directory, Settings settings, InstantSource clock) {
    Database database = new Database(directory, settings.durability());
    try {
      Session session = new Session(directory, settings.durability());
      return new RocksLogStore(database, session, settings, clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Gives every log in a closed directory a new epoch, so that no position of before is taken for
   * one of now (U3). To be called when the directory was set back, as by a backup.
   *
   * @return how many logs there are
   * @throws LogException.StorageFailed if there is no store, or it is in use
   */
  public static int renew(Path directory) {
    if (!Database.isIn(directory))
      throw new LogException.StorageFailed("there is no log in '" + directory + "'");
    try (Database database = new Database(directory, Durability.FSYNC)) {
      return new Tenants(database, true).names().size();
    }
  }

  @Override
  public EventLog log(String tenant) {
    return logs.computeIfAbsent(tenant, this::open);
  }

  private RocksLog open(String tenant) {
    Tenants.Log log = tenants.log(tenant);
    Partition partition = new Partition(tenant, new Layout(log.id()), database, topics, settings);
    RocksRetention retention = new RocksRetention(partition, committer, clock);
    return new RocksLog(
        log.epoch(), partition, committer, retention, one -> logs.remove(tenant, one));
  }

  @Override
  public Set<String> tenants() {
    return tenants.names();
  }

  @Override
  public boolean writable() {
    return database.writable();
  }

  @Override
  public Optional<LogException> failure() {
    return database.failure();
  }

  /** Writes what is being appended, and closes. States that are being read are cut short. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) return;
    sweeper.close();
    List.copyOf(logs.values()).forEach(RocksLog::close);
    committer.close();
    database.close();
    session.close();
  }
}
