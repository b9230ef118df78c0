import { type RefObject, useInsertionEffect, useRef } from "react";

/** What the component was last rendered with, for those who are called later. */
export function useLatest<T>(value: T): Readonly<RefObject<T>> {
  const latest = useRef(value);
  useInsertionEffect(() => {
    latest.current = value;
  });
  return latest;
}
