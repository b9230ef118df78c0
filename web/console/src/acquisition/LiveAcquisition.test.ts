// @vitest-environment happy-dom
import type { AgentStatus, ProcessingMetric } from "@freshet/smartem";
import { expect, test } from "vitest";
import { LiveAcquisition } from "./LiveAcquisition";

const progress = {
  acquisition_uuid: "a",
  grid_count: 1,
  gridsquare_count: 2,
  foilhole_count: 3,
  micrograph_count: 4,
  status: "started",
};

function agent(id: string, acquisition: string | null): AgentStatus {
  return {
    agent_id: id,
    status: "online",
    session_id: "s",
    acquisition_uuid: acquisition,
    last_heartbeat_at: null,
    connection_count: 1,
  };
}

function metric(micrograph: string): ProcessingMetric {
  return {
    micrograph_uuid: micrograph,
    foilhole_uuid: "h",
    total_motion: 1,
    average_motion: null,
    ctf_max_resolution_estimate: null,
    number_of_particles_picked: null,
    number_of_particles_selected: null,
  };
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const idsOf = (live: LiveAcquisition) => live.snapshot().agents.map(({ id }) => id);

test("live_manyEventsInOneFrame_areToldOnce", async () => {
  const live = new LiveAcquisition("a");
  let told = 0;
  live.subscribe(() => {
    told += 1;
  });
  for (let count = 0; count < 50; count++) {
    live.onProgress({ ...progress, micrograph_count: count });
    live.onMetric(metric(`m${count}`));
  }
  expect(live.snapshot().progress).toBeNull();
  await frame();
  expect(told).toBe(1);
  expect(live.snapshot().progress?.micrograph_count).toBe(49);
  expect(live.snapshot().metrics).toHaveLength(50);
});

test("live_whatWasThereBefore_isKnown_butNoUpdate", async () => {
  const live = new LiveAcquisition("a");
  live.onProgress(progress);
  live.onMetric(metric("m"));
  await frame();
  expect(live.snapshot()).toMatchObject({ known: true, updatedAt: null });
  live.setLive(true);
  live.onMetric(metric("n"));
  await frame();
  expect(live.snapshot().updatedAt).not.toBeNull();
  expect(live.snapshot().metrics.map(({ liveAt }) => liveAt !== null)).toEqual([false, true]);
});

test("live_anotherAcquisition_isNotThisOne", async () => {
  const live = new LiveAcquisition("a");
  live.onProgress({ ...progress, acquisition_uuid: "b" });
  live.onAgent(agent("x", "b"));
  await frame();
  expect(live.snapshot()).toMatchObject({ progress: null, agents: [], known: false });
});

test("live_agentThatGoesToAnotherAcquisition_leaves", async () => {
  const live = new LiveAcquisition("a");
  live.onAgent(agent("y", "a"));
  live.onAgent(agent("x", "a"));
  await frame();
  expect(idsOf(live)).toEqual(["x", "y"]);
  live.onAgent(agent("x", "b"));
  live.onAgent(agent("z", null));
  await frame();
  expect(idsOf(live)).toEqual(["y"]);
});

test("live_whatDidNotChange_keepsItsIdentity", async () => {
  const live = new LiveAcquisition("a");
  live.onMetric(metric("m"));
  live.onAgent(agent("x", "a"));
  await frame();
  const before = live.snapshot();
  live.onProgress(progress);
  await frame();
  expect(live.snapshot()).not.toBe(before);
  expect(live.snapshot().metrics).toBe(before.metrics);
  expect(live.snapshot().agents).toBe(before.agents);
});
