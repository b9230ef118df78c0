import { useCallback, useState } from "react";

/** Which rows are open, and which have been: those have heights of their own. */
export function useOpened() {
  const [opened, setOpened] = useState<ReadonlyMap<number, boolean>>(new Map());
  const set = useCallback((number: number, open?: boolean) => {
    setOpened((before) => {
      const is = before.get(number) ?? false;
      return open === is ? before : new Map(before).set(number, open ?? !is);
    });
  }, []);
  return {
    isOpen: (number: number) => opened.get(number) ?? false,
    hasBeen: (number: number) => opened.has(number),
    /** Opens or closes a row; toggles it where it is not said which. */
    set,
  };
}
