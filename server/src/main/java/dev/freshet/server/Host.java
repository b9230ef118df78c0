package dev.freshet.server;

import dev.freshet.server.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The address to listen on. */
final class Host {
  private static final int ANY_PORT = 0;
  private static final int BACKLOG = 1;

  private Host() {}

  /**
   * To be called before anything is made on the disk.
   *
   * @throws ConfigException if it is not an address of this machine
   */
  static void check(String host) {
    try {
      new ServerSocket(ANY_PORT, BACKLOG, InetAddress.getByName(host)).close();
    } catch (IOException e) {
      throw new ConfigException(
          "host: '"
              + host
              + "' is not allowed; allowed is an address of this machine, or 0.0.0.0 for all");
    }
  }
}
