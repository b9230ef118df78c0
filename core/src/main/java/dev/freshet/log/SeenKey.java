package dev.freshet.log;

/**
 * Where the batch that used an idempotency key stands (L3).
 *
 * @param millis when it was appended
 * @param number of the use in its log, from 1
 */
record SeenKey(long first, long last, long millis, long number) {
  static SeenKey decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new SeenKey(in.varint(), in.varint(), in.varint(), in.varint());
  }

  byte[] encode() {
    return new ByteWriter(32).varint(first).varint(last).varint(millis).varint(number).toBytes();
  }
}
