package dev.freshet.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. */
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this(bytes, 0);
  }

  ByteReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  int u8() {
    return bytes[at++] & 0xFF;
  }

  int u32() {
    return (int) fixed(Integer.BYTES);
  }

  long u64() {
    return fixed(Long.BYTES);
  }

  long fixed(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) value = value << Byte.SIZE | u8();
    return value;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = u8();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) return value;
    }
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  Instant instant() {
    return Instant.ofEpochSecond(zigzag(), varint());
  }

  String text() {
    int length = (int) varint();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }

  boolean hasMore() {
    return at < bytes.length;
  }
}
