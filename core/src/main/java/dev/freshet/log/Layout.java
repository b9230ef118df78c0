package dev.freshet.log;

import dev.freshet.event.Topic;
import java.nio.charset.StandardCharsets;

/**
 * The keys of one log in each {@link Family}. All begin with the log's id, so that one database
 * holds every tenant; numbers are big-endian and topics end in NUL, which no topic has, so that
 * keys sort as what they name.
 */
record Layout(int log) {
  private static final int TOPIC_AT = Integer.BYTES;
  private static final int LEDGER = 0;
  private static final int WATERMARK = 1;
  private static final int PAST_WATERMARK = 2;
  private static final int KEY = 0;
  private static final int KEY_NUMBER = 1;

  byte[] first() {
    return start(0).toBytes();
  }

  /** After every key of the log. */
  byte[] end() {
    return new Layout(log + 1).first();
  }

  byte[] event(long offset) {
    return start(Long.BYTES).u64(offset).toBytes();
  }

  static long offset(byte[] eventOrIndexKey) {
    return new ByteReader(eventOrIndexKey, eventOrIndexKey.length - Long.BYTES).u64();
  }

  byte[] index(Topic topic, long offset) {
    byte[] path = ascii(topic.path());
    return start(path.length + 1 + Long.BYTES).raw(path).u8(0).u64(offset).toBytes();
  }

  static String indexTopic(byte[] key) {
    return new String(
        key, TOPIC_AT, key.length - TOPIC_AT - 1 - Long.BYTES, StandardCharsets.ISO_8859_1);
  }

  byte[] state(Topic topic) {
    return path(topic.path());
  }

  /** Before every state and index key of the topics that are not before {@code path}. */
  byte[] path(String path) {
    byte[] ascii = ascii(path);
    return start(ascii.length).raw(ascii).toBytes();
  }

  static String stateTopic(byte[] key) {
    return new String(key, TOPIC_AT, key.length - TOPIC_AT, StandardCharsets.ISO_8859_1);
  }

  byte[] key(String key) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    return start(1 + utf8.length).u8(KEY).raw(utf8).toBytes();
  }

  byte[] keyNumber(long number) {
    return start(1 + Long.BYTES).u8(KEY_NUMBER).u64(number).toBytes();
  }

  static long number(byte[] keyNumberKey) {
    return offset(keyNumberKey);
  }

  byte[] ledger() {
    return start(1).u8(LEDGER).toBytes();
  }

  byte[] watermark(int rule) {
    return start(1 + Integer.BYTES).u8(WATERMARK).u32(rule).toBytes();
  }

  static int rule(byte[] watermarkKey) {
    return new ByteReader(watermarkKey, TOPIC_AT + 1).u32();
  }

  /** Of a rule that is no longer, or no longer at the same place. */
  byte[] pastWatermark(String pattern) {
    byte[] ascii = ascii(pattern);
    return start(1 + ascii.length).u8(PAST_WATERMARK).raw(ascii).toBytes();
  }

  static String pattern(byte[] pastWatermarkKey) {
    return new String(
        pastWatermarkKey,
        TOPIC_AT + 1,
        pastWatermarkKey.length - TOPIC_AT - 1,
        StandardCharsets.ISO_8859_1);
  }

  private ByteWriter start(int more) {
    return new ByteWriter(Integer.BYTES + more).u32(log);
  }

  private static byte[] ascii(String path) {
    return path.getBytes(StandardCharsets.ISO_8859_1);
  }
}
