import { describe, expect, test } from "vitest";
import { jsonFault } from "../ui/jsonFault";
import { type Draft, faultsOf, newDraft, toInstruction } from "./draft";
import { compareInstructions, type Instruction, stateOf, stepsOf } from "./instruction";

const pending: Instruction = {
  instruction_id: "i1",
  agent_id: "m12",
  session_id: "s1",
  instruction_type: "microscope.control.move_stage",
  status: "pending",
  created_at: "2026-01-05T10:00:00Z",
  sent_at: null,
  acknowledged_at: null,
  ack_status: null,
  payload: {},
  sequence_number: null,
  priority: "normal",
  expires_at: "2026-01-05T11:00:00Z",
  metadata: {},
  result: null,
  error_message: null,
  processing_time_ms: null,
  acknowledgements_count: 0,
};
const sent: Instruction = { ...pending, status: "sent", sent_at: "2026-01-05T10:00:01Z" };
const failed: Instruction = {
  ...sent,
  status: "acknowledged",
  ack_status: "failed",
  acknowledged_at: "2026-01-05T10:00:09Z",
};

const told = (instruction: Instruction) =>
  stepsOf(instruction).map(({ label, at, reached }) => [label, at?.slice(11, 19) ?? null, reached]);

describe("stepsOf", () => {
  test("pending_waitsForTwoMore", () => {
    expect(told(pending)).toEqual([
      ["Pending", "10:00:00", true],
      ["Sent", null, false],
      ["Acknowledged", null, false],
    ]);
  });

  test("acknowledged_isWhatTheAgentMadeOfIt", () => {
    expect(told(sent).map(([label]) => label)).toEqual(["Pending", "Sent", "Acknowledged"]);
    expect(told(failed).at(-1)).toEqual(["Failed", "10:00:09", true]);
    expect(stateOf({ ...failed, ack_status: "received" })).toBe("received");
  });

  test("expired_beforeItWasSent_wasNeverSent", () => {
    expect(told({ ...pending, status: "expired" })).toEqual([
      ["Pending", "10:00:00", true],
      ["Expired", "11:00:00", true],
    ]);
    expect(told({ ...sent, status: "expired" })).toHaveLength(3);
  });

  test("cancelled_hasNoTime", () => {
    expect(told({ ...sent, status: "cancelled" }).at(-1)).toEqual(["Cancelled", null, true]);
  });
});

test("compareInstructions_newestFirst", () => {
  const older = { ...pending, created_at: "2026-01-05T09:59:00Z" };
  expect([older, pending].sort(compareInstructions)).toEqual([pending, older]);
});

describe("jsonFault", () => {
  test.each([
    ["{}", null],
    [' {"a": [1, -2.5e3, null, true, "x\\u00e9\\n"], "b": {"c": []}} ', null],
    ["", [1, 1, "a value"]],
    ["{", [1, 2, 'a name in quotes or "}"']],
    ['{"x": 1,}', [1, 9, "a name in quotes"]],
    ['{"x" 1}', [1, 6, '":"']],
    ['{\n  "x": 1\n  "y": 2\n}', [3, 3, '"," or "}"']],
    ["{x: 1}", [1, 2, 'a name in quotes or "}"']],
    ["[1, 2", [1, 6, '"," or "]"']],
    ["[1 2]", [1, 4, '"," or "]"']],
    ['{"x": 01}', [1, 7, "a value"]],
    ['{"x": "a\nb"}', [1, 7, "a value"]],
    ['{"x": tru}', [1, 7, "a value"]],
    ["{} {}", [1, 4, "the end"]],
    ['[{"a": [}]', [1, 9, "a value"]],
  ])("%o_is %o", (text, fault) => {
    const found = jsonFault(text);
    expect(found && [found.line, found.column, found.expected]).toEqual(fault);
  });

  test("veryDeep_doesNotOverflow", () => {
    expect(jsonFault("[".repeat(200_000))).toMatchObject({ line: 1, column: 200_001 });
  });
});

describe("draft", () => {
  const draft: Draft = { ...newDraft, type: " take_image ", payload: '{"x": 1}' };

  test("complete_hasNoFaults_andIsWhatTheServerTakes", () => {
    expect(faultsOf(draft)).toEqual({});
    expect(toInstruction(draft)).toEqual({
      instruction_type: "take_image",
      payload: { x: 1 },
      priority: "normal",
      expires_in_minutes: 60,
    });
    expect(toInstruction({ ...draft, payload: " ", never: true, minutes: "?" })).toMatchObject({
      payload: {},
      expires_in_minutes: null,
    });
  });

  test("payload_thatIsNoObject_isAFault_andSaysWhere", () => {
    expect(faultsOf({ ...draft, payload: "[1]" }).payload).toMatch(/^Not an object/);
    expect(faultsOf({ ...draft, payload: '{\n"x" 1}' }).payload).toBe(
      'Not JSON at line 2, column 5: expected ":"',
    );
  });

  test.each(["", "0", "-5", "soon", "Infinity"])("minutes_%o_areAFault", (minutes) => {
    expect(faultsOf({ ...draft, minutes }).minutes).toBeDefined();
    expect(faultsOf({ ...draft, minutes, never: true })).toEqual({});
  });
});
