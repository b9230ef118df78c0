import type { TaskDetail } from "@freshet/client";
import { useEffect, useState } from "react";
import { useNow } from "../ui/useNow";
import { noted, prolonged, type Sample } from "./rates";

/** How fast a task was, as this page saw it: the server keeps no past rates. */
export function useRates(task: TaskDetail | null, current: boolean): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    setSamples((before) => noted(before, current ? task : null, Date.now()));
  }, [task, current]);
  const now = useNow();
  return current && task?.status === "running" ? prolonged(samples, now) : samples;
}
