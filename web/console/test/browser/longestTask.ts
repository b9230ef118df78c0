import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Time that the thread worked, in µs. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * How long a page kept its main thread at a stretch while something happened, in ms: time that the
 * thread worked, so that others who are busy on this machine do not count.
 */
export async function longestTask(
  browser: Browser,
  page: Page,
  happens: () => Promise<unknown>,
): Promise<number> {
  const categories = ["disabled-by-default-devtools.timeline", "__metadata"];
  await browser.startTracing(page, { categories });
  await happens();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const thread = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(thread),
  );
  const tasks = traceEvents.filter((event) => event.name === "RunTask" && mains.has(thread(event)));
  if (tasks.length === 0) throw new Error("the trace holds no tasks");
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1_000;
}
