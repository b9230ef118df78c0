import { type UseEventStreamOptions, useEventStream } from "@freshet/smartem";
import { useReopenOnSignIn } from "./useReopenOnSignIn";

/** Follows what the microscopes do while the caller is on screen; a sign-in opens the stream again. */
export function useFrontend(options: UseEventStreamOptions) {
  const { stream, reopen } = useEventStream(options);
  useReopenOnSignIn(reopen);
  return { stream: stream ?? null, reopen };
}
