package dev.freshet.state;

/**
 * Why a patch was refused. The message names the operation by its index, its pointer and the
 * reason.
 */
public final class PatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final int operation;
  private final String pointer;

  /** Whether the document or the state is at fault. */
  public enum Kind {
    /** It is not a patch, or more than is allowed: it fails whatever the state is (422). */
    INVALID,
    /** It is a patch, but not one for this state: a place is missing, or a test failed (409). */
    FAILED
  }

  PatchException(Kind kind, int operation, String pointer, String message) {
    super(message);
    this.kind = kind;
    this.operation = operation;
    this.pointer = pointer;
  }

  /** A document that is not a patch as a whole. */
  static PatchException document(String reason) {
    return new PatchException(Kind.INVALID, -1, "", reason);
  }

  static PatchException invalid(int operation, String pointer, String reason) {
    return at(Kind.INVALID, operation, pointer, reason);
  }

  static PatchException failed(int operation, String pointer, String reason) {
    return at(Kind.FAILED, operation, pointer, reason);
  }

  private static PatchException at(Kind kind, int operation, String pointer, String reason) {
    String message = "operation " + operation + " at " + JsonPointer.shown(pointer) + ": " + reason;
    return new PatchException(kind, operation, pointer, message);
  }

  public Kind kind() {
    return kind;
  }

  /** The index of the operation in the patch; -1 if the document as a whole is at fault. */
  public int operation() {
    return operation;
  }

  /** The place in the state that could not be changed, as a JSON Pointer. */
  public String pointer() {
    return pointer;
  }
}
