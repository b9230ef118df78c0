// @vitest-environment happy-dom
import type { Approval } from "@freshet/agents";
import type { Server } from "@freshet/client";
import { FreshetProvider } from "@freshet/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { ApprovalPrompt } from "./ApprovalPrompt";

afterEach(cleanup);

const approval: Approval = {
  approvalId: "a1",
  callId: "c1",
  toolName: "create_file",
  params: { path: "index.html" },
  requestedAt: "2026-01-05T10:00:00.000Z",
  expiresAt: null,
  decision: null,
  by: null,
  reason: null,
};

/** The prompt, and what it asks of the server. */
function shown(beside?: ReactNode, status = 200, of = approval) {
  const asked: unknown[] = [];
  const server: Server = {
    url: "http://server/",
    fetch: async (address, init) => {
      if (String(address).endsWith("/results/c1"))
        return Response.json({ params: { content: "the whole of it" }, result: null });
      asked.push(JSON.parse(String(init?.body)));
      const problem = { code: "approval_resolved", title: "Resolved", detail: "bob approved it" };
      return Response.json(status === 200 ? {} : problem, {
        status,
        headers: {
          "content-type": status === 200 ? "application/json" : "application/problem+json",
        },
      });
    },
  };
  const onAnswered = vi.fn();
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <FreshetProvider server={server}>
          {beside}
          <ApprovalPrompt executionId="r1" approval={of} waiting={1} onAnswered={onAnswered} />
        </FreshetProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { asked, onAnswered, prompt: screen.getByRole("region", { name: "Approval needed" }) };
}

test("prompt_nobodyIsBusy_hasTheFocus_andAKeyApproves", async () => {
  const { asked, onAnswered, prompt } = shown();
  expect(document.activeElement).toBe(prompt);
  fireEvent.keyDown(prompt, { key: "a" });
  await waitFor(() => expect(onAnswered).toHaveBeenCalledOnce());
  expect(asked).toEqual([{ decision: "approve" }]);
  // Answered: more of the same changes nothing.
  fireEvent.keyDown(prompt, { key: "a" });
  expect(asked).toHaveLength(1);
});

test("prompt_rejecting_asksForAReason", async () => {
  const { asked, onAnswered, prompt } = shown();
  fireEvent.keyDown(prompt, { key: "r" });
  const field = screen.getByLabelText("Reason");
  expect(document.activeElement).toBe(field);
  // Letters belong to the field.
  fireEvent.keyDown(field, { key: "a" });
  fireEvent.change(field, { target: { value: " not now " } });
  fireEvent.submit(field);
  await waitFor(() => expect(onAnswered).toHaveBeenCalledOnce());
  expect(asked).toEqual([{ decision: "reject", reason: "not now" }]);
});

test("prompt_rejectingIsTakenBack_byEscape", () => {
  const { asked, prompt } = shown();
  fireEvent.keyDown(prompt, { key: "r" });
  fireEvent.keyDown(screen.getByLabelText("Reason"), { key: "Escape" });
  expect(screen.queryByLabelText("Reason")).toBeNull();
  expect(document.activeElement).toBe(prompt);
  expect(asked).toEqual([]);
});

test("prompt_somebodyTypes_leavesThemAlone_untilAltA", () => {
  const { asked, prompt } = shown(<input ref={(field) => field?.focus()} aria-label="Other" />);
  const field = screen.getByLabelText("Other");
  expect(document.activeElement).toBe(field);
  fireEvent.keyDown(field, { key: "a" });
  expect(asked).toEqual([]);
  fireEvent.keyDown(field, { key: "a", code: "KeyA", altKey: true });
  expect(document.activeElement).toBe(prompt);
  expect(asked).toEqual([]);
});

test.each([{ repeat: true }, { ctrlKey: true }, { metaKey: true }])(
  "key_%j_answersNothing",
  (how) => {
    const { asked, prompt } = shown();
    fireEvent.keyDown(prompt, { key: "a", ...how });
    expect(asked).toEqual([]);
  },
);

test("refused_saysWhatTheServerSays", async () => {
  const { prompt, onAnswered } = shown(null, 409);
  fireEvent.keyDown(prompt, { key: "a" });
  await screen.findByText("Somebody else has answered already");
  await screen.findByText("bob approved it");
  expect(onAnswered).not.toHaveBeenCalled();
});

test("params_thatAreCut_areShownWhole_beforeAnybodyAnswers", async () => {
  const content = { preview: "the who", bytes: 15, href: "results/c1" };
  const { asked } = shown(null, 200, { ...approval, params: { content } });
  expect(screen.queryByText("the whole of it")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Show the whole" }));
  await screen.findByText("the whole of it");
  expect(screen.queryByRole("button", { name: "Show the whole" })).toBeNull();
  expect(asked).toEqual([]);
});
