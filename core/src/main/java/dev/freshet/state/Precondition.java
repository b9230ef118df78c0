package dev.freshet.state;

/** What a writer demands of the state it is about to change (S2). */
public sealed interface Precondition {
  Precondition NONE = new None();
  Precondition ABSENT = new Absent();
  Precondition PRESENT = new Present();

  static Precondition version(long version) {
    return new Version(version);
  }

  /** Anything will do. */
  record None() implements Precondition {}

  /** The topic holds no value ({@code If-None-Match: *}). */
  record Absent() implements Precondition {}

  /** The topic holds a value ({@code If-Match: *}). */
  record Present() implements Precondition {}

  /** The state has this version ({@code If-Match}). */
  record Version(long version) implements Precondition {}
}
