package dev.freshet.proxy;

import dev.freshet.Tenant;
import dev.freshet.event.Topic;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The documents that are watched. Thread-safe. */
final class Documents {
  /** Below which all proxied documents are kept. */
  static final String ROOT = "$live";

  private static final int HASH_BYTES = 16;

  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

  private record Key(String tenant, int source, URI uri) {}

  /** A document, and how many calls are finding a place at it. */
  private static final class Entry {
    final ProxiedDocument document;
    int users;

    Entry(ProxiedDocument document) {
      this.document = document;
    }
  }

  /** Something done with a document. */
  @FunctionalInterface
  interface Use<T> {
    T of(ProxiedDocument document) throws InterruptedException;
  }

  /** Does something with the one document there is of a URL. */
  <T> T use(Tenant tenant, Source source, URI uri, Use<T> use) throws InterruptedException {
    Key key = new Key(tenant.name(), source.index(), uri);
    Entry entry =
        entries.compute(
            key,
            (k, there) -> {
              Entry one = there != null ? there : new Entry(document(tenant, source, key));
              one.users++;
              return one;
            });
    try {
      return use.of(entry.document);
    } finally {
      release(key, 1);
    }
  }

  private void release(Key key, int users) {
    Object unused =
        entries.computeIfPresent(
            key,
            (k, entry) -> {
              entry.users -= users;
              return entry.users == 0 && entry.document.empty() ? null : entry;
            });
  }

  private ProxiedDocument document(Tenant tenant, Source source, Key key) {
    Topic root = Topic.of(ROOT).child(hash(source.index() + " " + key.uri()));
    return new ProxiedDocument(tenant, source, key.uri(), root, () -> release(key, 0));
  }

  static String hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many there are. */
  int size() {
    return entries.size();
  }
}
