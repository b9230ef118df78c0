import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatCount } from "../ui/format";
import type { LogStore } from "./LogStore";

const everyMs = 15_000;

/** Tells a screen reader now and then how many lines came: each line would be a flood. */
export function NewLines(props: { store: LogStore }) {
  const { store } = props;
  const [said, setSaid] = useState("");
  useEffect(() => {
    let before = store.snapshot().received;
    const timer = setInterval(() => {
      const { received } = store.snapshot();
      const count = received - before;
      before = received;
      setSaid(count === 0 ? "" : `${formatCount(count)} new log ${count === 1 ? "line" : "lines"}`);
    }, everyMs);
    return () => clearInterval(timer);
  }, [store]);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {said}
    </VisuallyHidden>
  );
}
