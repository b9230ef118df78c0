import type { TopicState } from "@freshet/client";
import { expect, test } from "vitest";
import { agentsOf, toAgent } from "./agent";

function state(topic: string, value: unknown): [string, TopicState] {
  return [topic, { topic, value, version: 1, timestamp: undefined, cause: undefined, end: false }];
}

const status = {
  agent_id: "agent-m12",
  status: "stale",
  session_id: "s1",
  acquisition_uuid: "7f3",
  last_heartbeat_at: "2026-01-05T10:00:00Z",
  connection_count: 2,
};

test("agent_itsStatus_isReadWithItsInstrument", () => {
  expect(
    agentsOf(new Map([state("instruments/Krios~201/agents/agent-m12/status", status)])),
  ).toEqual([
    {
      id: "agent-m12",
      instrument: "Krios 1",
      liveness: "stale",
      session: "s1",
      acquisition: "7f3",
      heartbeatAt: new Date("2026-01-05T10:00:00Z"),
      connections: 2,
    },
  ]);
});

test("agent_beforeItsFirstHeartbeat_hasNoneYet", () => {
  const agent = toAgent({ ...status, last_heartbeat_at: null, session_id: null });
  expect(agent).toMatchObject({ heartbeatAt: null, session: null, instrument: null });
});

test.each([[null], ["text"], [{ status: "odd", connection_count: "two" }]])(
  "agent_oddValue %o_isUnknown",
  (value) => {
    const [agent] = agentsOf(new Map([state("instruments/unknown/agents/a~20b/status", value)]));
    expect(agent).toMatchObject({ id: "a b", instrument: null, liveness: null, connections: 0 });
  },
);

test("agents_areSortedByNames_andOtherTopicsAreLeftOut", () => {
  const agents = agentsOf(
    new Map([
      state("instruments/m2/agents/b/status", {}),
      state("instruments/m1/agents/z/status", {}),
      state("instruments/m2/agents/a/status", {}),
      state("instruments/m2/acquisitions/a/progress", {}),
      state("instruments/m2/agents/a/log", {}),
    ]),
  );
  expect(agents.map(({ instrument, id }) => `${instrument}/${id}`)).toEqual([
    "m1/z",
    "m2/a",
    "m2/b",
  ]);
});
