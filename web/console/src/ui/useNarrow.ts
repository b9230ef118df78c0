import { useCallback, useState } from "react";

/** Whether an element is narrower than a width; known before it is painted. */
export function useNarrow(belowPx: number): {
  narrow: boolean;
  ref: (element: HTMLElement | null) => (() => void) | undefined;
} {
  const [narrow, setNarrow] = useState(false);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      const measure = () => setNarrow(element.offsetWidth < belowPx);
      measure();
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      return () => observer.disconnect();
    },
    [belowPx],
  );
  return { narrow, ref };
}
