// @vitest-environment happy-dom
import { type AgentEvent, type Execution, reduceAll } from "@freshet/agents";
import { FreshetProvider } from "@freshet/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import planned from "../../../../conformance/agents/planned.json";
import { EndRow } from "./EndRow";
import { PhaseLine } from "./PhaseLine";
import { ShowFileProvider } from "./ShowFileContext";
import { ThoughtRow } from "./ThoughtRow";
import { ToolRow } from "./ToolRow";

afterEach(cleanup);

const recorded = import.meta.glob<readonly AgentEvent[]>("../../../../conformance/agents/*.json", {
  eager: true,
  import: "default",
});
const runs = Object.entries(recorded).map(
  ([path, events]) => [path.split("/").at(-1) ?? "", events] as const,
);

function runOf(events: readonly AgentEvent[]): Execution {
  const run = reduceAll(undefined, events);
  if (run === undefined) throw new Error("no run");
  return run;
}

function show(rows: ReactNode, onFile: (path: string) => void = () => {}) {
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <FreshetProvider server={{ url: "http://server/" }}>
          <ShowFileProvider value={onFile}>{rows}</ShowFileProvider>
        </FreshetProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

describe.each(runs)("%s", (_, events) => {
  test("eachCall_opened_saysWhatItWasGiven_andWhatBecameOfIt", () => {
    const run = runOf(events);
    const onFile = vi.fn();
    const calls = run.steps.filter((step) => step.kind === "tool");
    show(
      <ul>
        {calls.map((call) => (
          <li key={call.callId} aria-label={call.callId}>
            <ToolRow
              executionId={run.executionId}
              rowKey={call.callId}
              call={call}
              opened
              onToggle={() => {}}
            />
          </li>
        ))}
      </ul>,
      onFile,
    );
    for (const call of calls) {
      const row = within(screen.getByRole("listitem", { name: call.callId }));
      row.getByText(call.toolName);
      row.getByRole("region", { name: "Parameters" });
      expect(row.queryByRole("region", { name: "Error" }) !== null).toBe(call.error !== null);
      if (call.status === "succeeded") row.getByRole("region", { name: "Result" });
      for (const { path } of call.files) {
        fireEvent.click(row.getByText(path, { exact: false, selector: "button" }));
        expect(onFile).toHaveBeenLastCalledWith(path);
      }
    }
  });

  test("eachThought_isSaid", () => {
    const thoughts = runOf(events).steps.filter((step) => step.kind === "thinking");
    show(thoughts.map((thought) => <ThoughtRow key={thought.thoughtId} thought={thought} />));
    expect(screen.queryAllByTestId("thought")).toHaveLength(thoughts.length);
  });

  test("phases_ofEachPrefix_sayWhereItIs", () => {
    for (let until = 1; until <= events.length; until++) {
      const run = runOf(events.slice(0, until));
      if (run.phases.length === 0) continue;
      const onShow = vi.fn();
      show(<PhaseLine run={run} onShow={onShow} />);
      const list = within(screen.getByRole("list", { name: "Phases" }));
      expect(list.getAllByRole("listitem")).toHaveLength(run.phases.length);
      const current = document.querySelectorAll("[aria-current=step]");
      expect(current).toHaveLength(run.currentPhase === null ? 0 : 1);
      const begun = list.getAllByRole("button").filter((each) => !each.hasAttribute("disabled"));
      expect(begun).toHaveLength(run.phases.filter(({ status }) => status !== "pending").length);
      for (const each of begun) fireEvent.click(each);
      expect(onShow).toHaveBeenCalledTimes(begun.length);
      cleanup();
    }
  });

  test("end_saysHow", () => {
    const run = runOf(events);
    if (run.finishedAt === null) return;
    show(<EndRow run={run} />);
    const outcome = screen.getByTestId("outcome");
    expect(outcome.dataset["status"]).toBe(run.status);
    if (run.error !== null) expect(outcome.textContent).toContain(run.error.code);
    if (run.cancelled !== null) expect(outcome.textContent).toContain(run.cancelled.by);
  });
});

test("phase_nameIsWhatIsSeen_andMore", () => {
  const run = runOf(planned as unknown as readonly AgentEvent[]);
  show(<PhaseLine run={run} onShow={() => {}} />);
  screen.getByRole("button", { name: /^Phase 1 of 3: Gather ?, completed/ });
});
