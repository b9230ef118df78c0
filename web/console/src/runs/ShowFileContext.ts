import { createContext, useContext } from "react";

/** Shows a file of the run that is on screen. */
const ShowFileContext = createContext<(path: string) => void>(() => {});

export const ShowFileProvider = ShowFileContext;

export function useShowFile(): (path: string) => void {
  return useContext(ShowFileContext);
}
