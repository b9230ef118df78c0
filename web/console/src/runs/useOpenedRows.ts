import { useCallback, useState } from "react";

/** Which rows the reader opened or closed; the others are as they are by themselves. */
export function useOpenedRows() {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const set = useCallback((key: string, open: boolean) => {
    setOpened((before) => new Map(before).set(key, open));
  }, []);
  return { isOpen: (key: string) => opened.get(key), set };
}
