import { expect, test } from "vitest";
import { RuntimeStore } from "../runtime/RuntimeStore";
import { totalsOf, upTo } from "./totals";

const value = (open: number) => ({
  tenant: "lab",
  open,
  byState: { current: 1, lagging: 2, stalled: 1 },
  rates: { opened: 0.5, closed: 0, deliveries: 12, bytes: 3_000 },
});

test("totals_areOfUpdates_notOfTheSnapshot_andHoldUntilTheNext", () => {
  const store = new RuntimeStore((draw) => draw());
  const slices = { connections: value(9), server: {} };
  const versions = { connections: 1, server: 1 };
  store.take({ type: "state.initial", id: undefined, data: { slices, versions } });
  const change = { slice: "connections", version: 2, base: 1, value: value(4) };
  store.take({ type: "state.update", id: undefined, data: change });
  const totals = totalsOf(store.snapshot().changes);
  expect(totals).toMatchObject([{ open: 4, behind: 3, opened: 0.5, deliveries: 12, bytes: 3_000 }]);
  const time = totals[0]?.time ?? 0;
  expect(upTo(totals, time + 5_000)).toEqual([totals[0], { ...totals[0], time: time + 5_000 }]);
  expect(upTo(totals, time)).toBe(totals);
});
