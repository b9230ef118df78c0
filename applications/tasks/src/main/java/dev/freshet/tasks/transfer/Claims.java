package dev.freshet.tasks.transfer;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Which files are being made: two tasks never write the same one at a time. Thread-safe. */
final class Claims {
  private final Set<Path> held = new HashSet<>();

  /** Waits until nobody else makes the file. */
  synchronized void claim(Path file) throws InterruptedException {
    while (!held.add(file)) wait();
  }

  synchronized boolean tryClaim(Path file) {
    return held.add(file);
  }

  synchronized void release(Path file) {
    held.remove(file);
    notifyAll();
  }
}
