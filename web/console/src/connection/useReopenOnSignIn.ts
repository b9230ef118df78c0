import { useEffect, useRef } from "react";
import { useSignedIn } from "../session/SessionContext";

/** A stream that a lost session ended is opened again by the next sign-in. */
export function useReopenOnSignIn(reopen: () => void): void {
  const { signIns } = useSignedIn();
  const opened = useRef(signIns);
  useEffect(() => {
    if (opened.current === signIns) return;
    opened.current = signIns;
    reopen();
  }, [signIns, reopen]);
}
