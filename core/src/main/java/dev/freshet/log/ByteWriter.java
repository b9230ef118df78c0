package dev.freshet.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Appends to an array that grows: fixed-width numbers big-endian, so that they sort; others as
 * LEB128 varints.
 */
final class ByteWriter {
  private byte[] bytes;
  private int size;

  ByteWriter(int capacity) {
    this.bytes = new byte[capacity];
  }

  ByteWriter u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  ByteWriter u32(int value) {
    return fixed(value, Integer.BYTES);
  }

  ByteWriter u64(long value) {
    return fixed(value, Long.BYTES);
  }

  ByteWriter fixed(long value, int width) {
    room(width);
    for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE)
      bytes[size++] = (byte) (value >>> shift);
    return this;
  }

  ByteWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** A number that may be negative. */
  ByteWriter zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  ByteWriter instant(Instant instant) {
    return zigzag(instant.getEpochSecond()).varint(instant.getNano());
  }

  /** A text with its length before it. */
  ByteWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return varint(utf8.length).raw(utf8);
  }

  ByteWriter raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** What was written, and {@code tail} after it. */
  byte[] toBytes(byte[] tail) {
    byte[] all = Arrays.copyOf(bytes, size + tail.length);
    System.arraycopy(tail, 0, all, size, tail.length);
    return all;
  }

  private void room(int more) {
    if (bytes.length - size < more)
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
  }
}
