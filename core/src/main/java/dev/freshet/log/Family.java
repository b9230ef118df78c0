package dev.freshet.log;

import java.nio.charset.StandardCharsets;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;

/** The column families; {@link Layout} has their keys. */
enum Family {
  /** Tenant → log id and epoch. */
  TENANTS("default", 1, true),
  /** Log, offset → event. */
  EVENTS("events", 16, false),
  /** Log, topic, offset → {@link IndexEntry}. */
  TOPICS("topics", 8, false),
  /** Log, topic → state. */
  STATES("states", 8, true),
  /** Log, idempotency key → where its batch stands; log, number → key, in the order of use. */
  KEYS("keys", 8, true),
  /** Log → {@link Ledger}; log, pattern → watermark. */
  LEDGERS("ledgers", 2, true);

  private static final int BLOCK_BYTES = 16 << 10;
  private static final double BLOOM_BITS = 10;

  /** Appends go on in the next while the full ones are being written out. */
  private static final int WRITE_BUFFERS = 4;

  private final String id;
  private final int writeBufferMiB;
  private final boolean sought;

  /**
   * @param sought whether single keys are looked up, often in vain, so that a Bloom filter saves
   *     reads
   */
  Family(String id, int writeBufferMiB, boolean sought) {
    this.id = id;
    this.writeBufferMiB = writeBufferMiB;
    this.sought = sought;
  }

  byte[] id() {
    return id.getBytes(StandardCharsets.US_ASCII);
  }

  ColumnFamilyOptions options(Cache cache) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(BLOCK_BYTES)
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true);
    if (sought) table.setFilterPolicy(new BloomFilter(BLOOM_BITS));
    return new ColumnFamilyOptions()
        .setTableFormatConfig(table)
        .setWriteBufferSize((long) writeBufferMiB << 20)
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setLevelCompactionDynamicLevelBytes(true);
  }
}
