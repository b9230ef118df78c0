package dev.freshet.server;

import dev.freshet.microscopy.Microscopy;
import dev.freshet.server.cli.Cli;
import java.util.List;

/** The program; the one place that names the applications. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(List.of(new Microscopy()), args));
  }
}
