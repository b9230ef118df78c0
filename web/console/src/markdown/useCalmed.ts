import { useEffect, useRef, useState } from "react";

/** Characters for which a page may take a millisecond. */
const charactersPerMs = 100;

/** A text that grows, changed the less often the longer it is; whole at once when it has grown. */
export function useCalmed(text: string, growing: boolean): string {
  const [shown, setShown] = useState(text);
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  const calm = growing && text.startsWith(shown);
  useEffect(() => {
    if (shown === text) return undefined;
    const show = () => {
      shownAt.current = performance.now();
      setShown(text);
    };
    const wait = calm ? shownAt.current + text.length / charactersPerMs - performance.now() : 0;
    if (wait <= 0) {
      show();
      return undefined;
    }
    const timer = setTimeout(show, wait);
    return () => clearTimeout(timer);
  }, [text, shown, calm]);
  return calm ? shown : text;
}
