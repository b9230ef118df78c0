package dev.freshet.server;

/** The command line of the server. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("usage: run [demo | serve] [options]");
  }
}
