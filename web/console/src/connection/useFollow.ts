import { useEventStream } from "@freshet/react";
import type { Followed } from "./Followed";
import { patience } from "./patience";
import { useReopenOnSignIn } from "./useReopenOnSignIn";

/** Follows topics' states while the caller is on screen; a sign-in opens the stream again. */
export function useFollow(topics: readonly string[]): Followed {
  const { stream, reopen } = useEventStream({ topics, polling: patience });
  useReopenOnSignIn(reopen);
  return { stream: stream ?? null, reopen };
}
