import { useEventStream } from "@freshet/react";
import { useEffect, useRef } from "react";
import { useSignedIn } from "../session/SessionContext";
import type { Followed } from "./Followed";
import { patience } from "./patience";

/** Follows topics' states while the caller is on screen; a sign-in opens the stream again. */
export function useFollow(topics: readonly string[]): Followed {
  const { signIns } = useSignedIn();
  const { stream, reopen } = useEventStream({ topics, polling: patience });
  const opened = useRef(signIns);
  useEffect(() => {
    if (opened.current === signIns) return;
    opened.current = signIns;
    reopen();
  }, [signIns, reopen]);
  return { stream: stream ?? null, reopen };
}
