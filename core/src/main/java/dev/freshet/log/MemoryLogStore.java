package dev.freshet.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs on the heap, for tests and for states that may go with the process ({@link
 * Durability#MEMORY}).
 */
public final class MemoryLogStore implements LogStore {
  private static final Duration RETENTION_INTERVAL = Duration.ofMinutes(1);

  private final Retention retention;
  private final KeyWindow keys;
  private final InstantSource clock;
  private final Map<String, MemoryLog> logs = new ConcurrentHashMap<>();
  private final Sweeper sweeper;
  private volatile boolean closed;

  public MemoryLogStore() {
    this(Retention.DEFAULT, KeyWindow.DEFAULT, InstantSource.system());
  }

  public MemoryLogStore(Retention retention, KeyWindow keys, InstantSource clock) {
    this.retention = retention;
    this.keys = keys;
    this.clock = clock;
    this.sweeper = new Sweeper(RETENTION_INTERVAL, logs::values);
  }

  @Override
  public EventLog log(String tenant) {
    if (closed) throw new LogException.Closed();
    return logs.computeIfAbsent(
        tenant, t -> new MemoryLog(t, retention, keys, clock, log -> logs.remove(t, log)));
  }

  @Override
  public Set<String> tenants() {
    return Set.copyOf(logs.keySet());
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public Optional<LogException> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    sweeper.close();
    logs.values().forEach(MemoryLog::close);
  }
}
