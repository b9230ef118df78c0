import type { Screen } from "./Screen";

/** Notes from now on what moves on the page without anybody having asked for it. */
export async function watchShifts({ page }: Screen): Promise<void> {
  await page.evaluate(() => {
    const shifts = { of: [] as string[] };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { sources } = entry as unknown as Shift;
        for (const { node } of sources) shifts.of.push(node?.textContent?.slice(0, 40) ?? "");
      }
    }).observe({ type: "layout-shift" });
  });
}

interface Shift {
  readonly sources: readonly { readonly node: Node | null }[];
}

/** What moved since: nothing is an empty list. */
export async function shiftsOf({ page }: Screen): Promise<readonly string[]> {
  return await page.evaluate(() => (window as unknown as { shifts: { of: string[] } }).shifts.of);
}
