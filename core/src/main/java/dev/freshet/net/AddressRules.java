package dev.freshet.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses may be connected to: those that are public, by the registries of special
 * addresses (RFC 6890). It judges addresses, not texts, so that however one is written (decimal,
 * mapped into IPv6, behind a name) makes no difference.
 *
 * @param anything whether all of them are allowed
 * @param setting that would allow them; named where one is refused
 */
public record AddressRules(boolean anything, String setting) {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private static final List<Block> CLOSED_V4 =
      Block.all(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /** All that is routed publicly. */
  private static final Block GLOBAL_V6 = Block.of("2000::/3");

  private static final List<Block> CLOSED_V6 = Block.all("2001::/23", "2001:db8::/32", "3fff::/20");

  /** IPv6 that is IPv4 in disguise: it ends up at the IPv4 address. */
  private static final List<Embedding> EMBEDDINGS =
      List.of(
          new Embedding(Block.of("2002::/16"), 2),
          new Embedding(Block.of("64:ff9b::/96"), 12),
          new Embedding(new Block(new byte[IPV6_BYTES], 80), 12));

  public boolean permits(InetAddress address) {
    return anything || open(address.getAddress());
  }

  private static boolean open(byte[] address) {
    if (address.length == IPV4_BYTES) return CLOSED_V4.stream().noneMatch(b -> b.holds(address));
    for (Embedding embedding : EMBEDDINGS) {
      if (embedding.block().holds(address)) return open(embedding.inner(address));
    }
    return GLOBAL_V6.holds(address) && CLOSED_V6.stream().noneMatch(b -> b.holds(address));
  }

  /**
   * @param at where in the IPv6 address the IPv4 address begins
   */
  private record Embedding(Block block, int at) {
    byte[] inner(byte[] address) {
      return Arrays.copyOfRange(address, at, at + IPV4_BYTES);
    }
  }

  /** Addresses that share their first bits. */
  private static final class Block {
    private final byte[] first;
    private final int bits;

    Block(byte[] first, int bits) {
      this.first = first;
      this.bits = bits;
    }

    static Block of(String cidr) {
      String[] parts = cidr.split("/", 2);
      try {
        byte[] first = InetAddress.getByName(parts[0]).getAddress();
        return new Block(first, Integer.parseInt(parts[1]));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(cidr, e);
      }
    }

    static List<Block> all(String... cidrs) {
      return Arrays.stream(cidrs).map(Block::of).toList();
    }

    boolean holds(byte[] address) {
      if (address.length != first.length) return false;
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        int at = bit / Byte.SIZE;
        if ((address[at] & mask) != (first[at] & mask)) return false;
      }
      return true;
    }
  }

  /** How an address is named in a message; no reverse lookup. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet4Address ? text : "[" + text + "]";
  }
}
