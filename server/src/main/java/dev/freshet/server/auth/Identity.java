package dev.freshet.server.auth;

import java.util.List;

/**
 * Whom a token is made for.
 *
 * @param read topic patterns
 * @param write topic patterns
 */
public record Identity(String tenant, String subject, List<String> read, List<String> write) {
  public Identity {
    read = List.copyOf(read);
    write = List.copyOf(write);
  }
}
