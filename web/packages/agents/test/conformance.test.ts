import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyPatch, type Json, type PatchOperation } from "@freshet/client";
import { describe, expect, test } from "vitest";
import { type AgentEvent, type Execution, reduce, reduceAll } from "../src/core";

/** An event of a recorded run, and what the server's reducer makes of it. */
type Entry = AgentEvent &
  ({ readonly value: Execution } | { readonly patches: readonly PatchOperation[] });

const directory = join(import.meta.dirname, "../../../../conformance/agents");
const files = readdirSync(directory).filter((name) => name.endsWith(".json"));

test("runs_areThere", () => {
  expect(files.length).toBeGreaterThan(10);
});

describe.each(files)("%s", (file) => {
  const entries = JSON.parse(readFileSync(join(directory, file), "utf8")) as readonly Entry[];
  const expected = executionsOf(entries);

  test("eachPrefix_isTheServersExecution", () => {
    let run: Execution | undefined;
    for (const [at, { type, data }] of entries.entries()) {
      run = reduce(run, { type, data } as AgentEvent);
      expect(run, `after ${at + 1} events`).toEqual(expected[at]);
    }
  });

  test("U1: fromTheServersSnapshot_atEachPrefix_isTheSameEnd", () => {
    for (const [at, data] of expected.entries()) {
      const rest = entries.slice(at + 1);
      const joined = reduceAll(undefined, [{ type: "execution:snapshot", data }, ...rest]);
      expect(joined).toEqual(expected.at(-1));
    }
  });
});

function executionsOf(entries: readonly Entry[]): Execution[] {
  const executions: Execution[] = [];
  for (const entry of entries) {
    const before = executions.at(-1) as unknown as Json;
    executions.push(
      "value" in entry ? entry.value : (applyPatch(before, entry.patches) as unknown as Execution),
    );
  }
  return executions;
}
