import { expect, test } from "vitest";
import { type Connection, compareConnections, matches, reasonOf, stateOf } from "./connection";

const open: Connection = {
  id: "c1",
  tenant: "lab",
  subject: "ann",
  remoteAddress: "10.0.0.7",
  transport: "sse",
  topics: ["orders/*"],
  types: [],
  since: "2026-01-05T10:00:00Z",
  lag: 0,
  deliveries: 3,
  bytes: 100,
  writable: true,
};

const states: readonly [string, Partial<Connection>][] = [
  ["current", {}],
  ["current", { closed: null }],
  ["lagging", { lag: 1 }],
  ["stalled", { lag: 1, writable: false }],
  ["closed", { closed: "expired", writable: false }],
];

test.each(states)("state_is %s of %o", (state, more) => {
  expect(stateOf({ ...open, ...more })).toBe(state);
});

test("reason_isInWords_andAnUnknownOneAsItIs", () => {
  expect(reasonOf(open)).toBeNull();
  expect(reasonOf({ ...open, closed: "expired" })).toBe("its token expired");
  expect(reasonOf({ ...open, closed: "moon" })).toBe("moon");
});

test("order_openFirst_thenTheNewest", () => {
  const list = [
    { ...open, id: "old" },
    { ...open, id: "gone", closed: "closed", since: "2026-01-05T12:00:00Z" },
    { ...open, id: "new", since: "2026-01-05T11:00:00Z" },
  ];
  expect(list.sort(compareConnections).map(({ id }) => id)).toEqual(["new", "old", "gone"]);
});

test("find_allWords_inWhoOrWhat", () => {
  expect(matches(open, " ANN orders ")).toBe(true);
  expect(matches(open, "ann invoices")).toBe(false);
  expect(matches(open, "")).toBe(true);
});
