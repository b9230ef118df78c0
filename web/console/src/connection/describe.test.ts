import { Problem, type StreamStatus } from "@freshet/client";
import { expect, test } from "vitest";
import { describe } from "./describe";

const now = 1_000_000;
const network = new Problem({ code: "network", title: "No answer" });
const revoked = new Problem({ code: "token_revoked", status: 401 });
const retrying = { name: "retrying", attempt: 2, reason: network } as const;

const statuses: readonly [StreamStatus | null, string, string][] = [
  [null, "idle", "No stream"],
  [{ name: "connecting" }, "busy", "Connecting…"],
  [{ name: "open", live: false }, "busy", "Catching up…"],
  [{ name: "open", live: true }, "live", "Live"],
  [{ ...retrying, retryAt: now + 3_200 }, "warn", "Reconnecting in 4 s"],
  [{ ...retrying, retryAt: now }, "warn", "Reconnecting…"],
  [{ ...retrying, retryAt: now - 500 }, "warn", "Reconnecting…"],
  [{ name: "polling" }, "warn", "Polling"],
  [{ name: "ended", reason: "completed" }, "idle", "Ended"],
  [{ name: "failed", problem: revoked }, "bad", "Session revoked"],
  [{ name: "failed", problem: network }, "bad", "Failed"],
];

test.each(statuses)("describe_%o_is %s '%s'", (status, tone, label) => {
  expect(describe(status, now)).toMatchObject({ tone, label });
});

test("describe_aReason_isCarriedAlong", () => {
  expect(describe({ ...retrying, retryAt: now }, now).problem).toBe(network);
  expect(describe({ name: "failed", problem: revoked }, now).problem).toBe(revoked);
});
