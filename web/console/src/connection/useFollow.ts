import { useEventStream } from "@freshet/react";
import type { Followed } from "./Followed";
import { useReopenOnSignIn } from "./useReopenOnSignIn";

/** Follows topics' states while the caller is on screen; a sign-in opens the stream again. */
export function useFollow(topics: readonly string[]): Followed {
  const { stream, reopen } = useEventStream({ topics });
  useReopenOnSignIn(reopen);
  return { stream: stream ?? null, reopen };
}
