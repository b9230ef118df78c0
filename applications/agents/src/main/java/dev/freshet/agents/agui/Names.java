package dev.freshet.agents.agui;

import java.util.Optional;

/**
 * What the parts of a run are called among AG-UI's: its ids are those of a conversation, which may
 * have several runs, and a thought's are not told from a call's.
 */
record Names(String executionId) {
  private static final String THOUGHT = "thought";
  private static final String CALL = "call";
  private static final String RESULT = "result";
  private static final String APPROVAL = "approval";

  /** A part of a run, by its name. */
  record Part(String executionId, String kind, String id) {
    static Optional<Part> of(String name) {
      String[] parts = name.split("/", -1);
      return parts.length == 3
          ? Optional.of(new Part(parts[0], parts[1], parts[2]))
          : Optional.empty();
    }

    boolean thought() {
      return kind.equals(THOUGHT);
    }

    boolean call() {
      return kind.equals(CALL);
    }

    boolean approval() {
      return kind.equals(APPROVAL);
    }
  }

  String thought(String id) {
    return name(THOUGHT, id);
  }

  String call(String id) {
    return name(CALL, id);
  }

  String result(String callId) {
    return name(RESULT, callId);
  }

  String approval(String id) {
    return name(APPROVAL, id);
  }

  private String name(String kind, String id) {
    return executionId + "/" + kind + "/" + id;
  }
}
