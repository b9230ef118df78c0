package dev.freshet.server.cli;

/** What happens on SIGTERM and Ctrl-C. */
final class Shutdown {
  private Shutdown() {}

  /**
   * Runs the action when the process is told to end, and ends it with 0 instead of the signal's
   * code (R3).
   */
  static void run(Runnable action) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  action.run();
                  Runtime.getRuntime().halt(0);
                },
                "shutdown"));
  }
}
