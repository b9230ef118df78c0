package dev.freshet.agents.event;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is open in a run, and what its end cut short (G6), so that who shows one event after the
 * other can close it without knowing what came before.
 *
 * @param phaseName of the phase; null with its id
 * @param thoughtKind of the thought; null with its id
 * @param callIds of calls that wait for an approval, are approved, or run
 * @param approvalIds of approvals that are not resolved
 */
public record Open(
    @Nullable String phaseId,
    @Nullable String phaseName,
    @Nullable String thoughtId,
    @Nullable ThoughtKind thoughtKind,
    List<String> callIds,
    List<String> approvalIds) {
  public static final Open NOTHING = new Open(null, null, null, null, List.of(), List.of());

  public Open {
    callIds = List.copyOf(callIds);
    approvalIds = List.copyOf(approvalIds);
  }

  /** Whether nothing but a phase is open. */
  boolean onlyPhase() {
    return thoughtId == null && callIds.isEmpty() && approvalIds.isEmpty();
  }

  boolean nothing() {
    return phaseId == null && onlyPhase();
  }

  /** Whether they name the same, in whatever order. */
  boolean same(Open other) {
    return Objects.equals(phaseId, other.phaseId)
        && Objects.equals(phaseName, other.phaseName)
        && Objects.equals(thoughtId, other.thoughtId)
        && thoughtKind == other.thoughtKind
        && same(callIds, other.callIds)
        && same(approvalIds, other.approvalIds);
  }

  private static boolean same(List<String> one, List<String> other) {
    return one.size() == other.size() && new HashSet<>(one).equals(new HashSet<>(other));
  }
}
