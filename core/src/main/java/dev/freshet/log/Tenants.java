package dev.freshet.log;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which tenants have a log, under which number and epoch. Thread-safe. */
final class Tenants {
  /** The epoch stays below 2^48, so that positions are short. */
  private static final long EPOCHS = 1L << 48;

  private static final byte[] FORMAT = {'f'};
  private static final byte[] PROBE = {'p'};
  private static final byte NAME = 't';
  private static final int VERSION = 1;

  private final SecureRandom random = new SecureRandom();
  private final Database database;

  /** Guarded by this. */
  private final Map<String, Log> logs = new TreeMap<>();

  /** A tenant's log as the store knows it. */
  record Log(int id, long epoch) {}

  /**
   * Reads which logs there are.
   *
   * @param renew whether all get new epochs
   */
  Tenants(Database database, boolean renew) {
    this.database = database;
    checkFormat();
    try (Scan names = database.scan(Family.TENANTS, new byte[] {NAME}, new byte[] {NAME + 1})) {
      for (names.seekFirst(); names.valid(); names.next()) {
        ByteReader in = new ByteReader(names.value());
        logs.put(name(names.key()), new Log(in.u32(), in.u64()));
      }
    }
    if (renew) logs.replaceAll((tenant, log) -> written(tenant, log.id()));
  }

  private void checkFormat() {
    byte[] stored = database.get(Family.TENANTS, FORMAT);
    if (stored == null) write(FORMAT, new byte[] {VERSION});
    else if (stored[0] != VERSION) {
      throw new LogException.StorageFailed(
          "the log directory has format "
              + stored[0]
              + ", this version reads "
              + VERSION
              + "; use a matching one");
    }
  }

  synchronized Set<String> names() {
    return Set.copyOf(logs.keySet());
  }

  synchronized Log log(String tenant) {
    Log log = logs.get(tenant);
    return log == null ? create(tenant) : log;
  }

  private Log create(String tenant) {
    Log log = written(tenant, logs.size() + 1);
    logs.put(tenant, log);
    return log;
  }

  private Log written(String tenant, int id) {
    Log log = new Log(id, random.nextLong(1, EPOCHS));
    ByteWriter bytes = new ByteWriter(Integer.BYTES + Long.BYTES);
    write(key(tenant), bytes.u32(id).u64(log.epoch()).toBytes());
    return log;
  }

  /** Writes something that says nothing, to see whether it can be done. */
  void probe() {
    write(PROBE, PROBE);
  }

  private void write(byte[] key, byte[] value) {
    database.write(batch -> batch.put(database.handle(Family.TENANTS), key, value));
  }

  private static byte[] key(String tenant) {
    return new ByteWriter(1 + tenant.length())
        .u8(NAME)
        .raw(tenant.getBytes(StandardCharsets.UTF_8))
        .toBytes();
  }

  private static String name(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
  }
}
