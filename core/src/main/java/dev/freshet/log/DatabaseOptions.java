package dev.freshet.log;

import org.rocksdb.Cache;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/** Modest: some 128 MiB of native memory, however many tenants and topics there are. */
final class DatabaseOptions implements AutoCloseable {
  private static final long CACHE_BYTES = 64L << 20;
  private static final long WRITE_BUFFER_BYTES = 64L << 20;
  private static final long MAX_WAL_BYTES = 256L << 20;
  private static final int MAX_OPEN_FILES = 512;
  private static final int BACKGROUND_JOBS = 2;
  private static final long SYNC_STEP_BYTES = 1L << 20;

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache = new LRUCache(CACHE_BYTES);
  private final Cache writeBufferAccount = new LRUCache(WRITE_BUFFER_BYTES);
  private final WriteBufferManager writeBuffers =
      new WriteBufferManager(WRITE_BUFFER_BYTES, writeBufferAccount);
  private final DBOptions database;
  private final WriteOptions write;

  DatabaseOptions(Durability durability) {
    boolean unlogged = durability == Durability.MEMORY;
    this.write = new WriteOptions().setDisableWAL(unlogged).setSync(durability == Durability.FSYNC);
    this.database =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setWriteBufferManager(writeBuffers)
            .setMaxTotalWalSize(MAX_WAL_BYTES)
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            // Without a WAL the families must reach the disk together, or state and log could
            // disagree (S1).
            .setAtomicFlush(unlogged)
            .setMaxOpenFiles(MAX_OPEN_FILES)
            .setMaxBackgroundJobs(BACKGROUND_JOBS)
            .setBytesPerSync(SYNC_STEP_BYTES)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setSkipStatsUpdateOnDbOpen(true);
  }

  DBOptions database() {
    return database;
  }

  WriteOptions write() {
    return write;
  }

  Cache cache() {
    return cache;
  }

  @Override
  public void close() {
    write.close();
    database.close();
    writeBuffers.close();
    writeBufferAccount.close();
    cache.close();
  }
}
