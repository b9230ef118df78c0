import { useShowInHeader } from "./ConnectionContext";
import type { Followed } from "./Followed";
import { type States, useCurrentStates } from "./useCurrentStates";
import { useFollow } from "./useFollow";
import { isCurrent, useStatus } from "./useStatus";

/** What a page of states knows. */
export interface FollowedStates extends Followed {
  /** Null: not known yet. The last that were complete, where they are not now. */
  readonly states: States | null;
  /** Whether they are complete, and true now. */
  readonly current: boolean;
}

/** Follows topics' states for a page, and says in the header how that goes. */
export function useFollowedStates(topics: readonly string[]): FollowedStates {
  const { stream, reopen } = useFollow(topics);
  useShowInHeader(stream);
  const current = isCurrent(useStatus(stream));
  const states = useCurrentStates(stream, current);
  return { stream, reopen, states, current };
}
