package dev.freshet.application;

/**
 * Hears how one client's stream is doing. Called in this order, one call at a time, on virtual
 * threads; may block, which delays neither the stream nor anybody else's. Of a stream that never
 * came about only that is told, and before it that a JSON page is answered.
 */
public interface Attendant {
  /**
   * In place of all others: no stream came about, because it was refused, the client has gone, or
   * wanted a JSON page. Must not block.
   */
  default void discarded() {}

  /**
   * Before a JSON page, which the client may have waited for, is answered.
   *
   * @throws ProblemException if the client may not have it any more
   */
  default void answering() {}

  /** The stream is open; nothing of the selection has been sent yet. */
  void opened(ClientStream stream);

  /**
   * All that the selection has up to a log offset was written to the client's connection: those
   * bytes have left this process, which is not to say that the client has read them. Offsets
   * ascend; snapshots and backlog count as delivered with the first call.
   */
  void delivered(long offset);

  /** The connection is gone, or the stream was ended; nothing is called after this. */
  void closed(String reason);
}
