package dev.freshet.tasks.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The size and the SHA-256 of a file. */
record Sum(long bytes, String sha256) {
  private static final int BUFFER = 1 << 18;

  /** Reads the file; an interrupt ends it. */
  static Sum of(Path file) throws IOException {
    MessageDigest digest = digest();
    long bytes = 0;
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes += count;
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return new Sum(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
