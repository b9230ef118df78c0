package dev.freshet.log;

/**
 * One use of an idempotency key, kept by its number so that the oldest are found.
 *
 * @param millis when it was
 */
record KeyUse(long number, long millis, String key) {
  static KeyUse decode(long number, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new KeyUse(number, in.varint(), in.text());
  }

  byte[] encode() {
    return new ByteWriter(16 + key.length()).varint(millis).text(key).toBytes();
  }
}
