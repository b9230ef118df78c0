package dev.freshet.log;

/** What an acknowledged append survives (L1). */
public enum Durability {
  /** The end of the process loses it. */
  MEMORY,
  /** It is with the operating system: {@code kill -9} keeps it, a power cut may not. */
  OS,
  /** It is on the disk; concurrent appends share one sync. */
  FSYNC
}
