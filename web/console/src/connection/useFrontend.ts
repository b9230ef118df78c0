import { type UseEventStreamOptions, useEventStream } from "@freshet/smartem";
import { useEffect, useRef } from "react";
import { useSignedIn } from "../session/SessionContext";

/** Follows what the microscopes do while the caller is on screen; a sign-in opens the stream again. */
export function useFrontend(options: UseEventStreamOptions) {
  const { signIns } = useSignedIn();
  const { stream, reopen } = useEventStream(options);
  const opened = useRef(signIns);
  useEffect(() => {
    if (opened.current === signIns) return;
    opened.current = signIns;
    reopen();
  }, [signIns, reopen]);
  return { stream: stream ?? null, reopen };
}
