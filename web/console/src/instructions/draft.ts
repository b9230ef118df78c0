import type { InstructionCreateRequest } from "@freshet/smartem";
import { jsonFault } from "../ui/jsonFault";
import type { Priority } from "./instruction";

/** An instruction that is being written. */
export interface Draft {
  readonly session: string | null;
  readonly type: string;
  readonly payload: string;
  readonly priority: Priority;
  /** As it is typed. */
  readonly minutes: string;
  readonly never: boolean;
}

export const newDraft: Draft = {
  session: null,
  type: "",
  payload: "",
  priority: "normal",
  minutes: "60",
  never: false,
};

/** What is wrong with a draft, told where it is. */
export interface DraftFaults {
  readonly type?: string;
  readonly payload?: string;
  readonly minutes?: string;
}

/** What the server would refuse; an empty type is only missing yet. */
export function faultsOf({ payload, minutes, never }: Draft): DraftFaults {
  const inPayload = payloadFault(payload);
  return {
    ...(inPayload === null ? {} : { payload: inPayload }),
    ...(never || isSpan(minutes) ? {} : { minutes: "A number of minutes, more than 0" }),
  };
}

export function toInstruction({
  type,
  payload,
  priority,
  minutes,
  never,
}: Draft): InstructionCreateRequest {
  return {
    instruction_type: type.trim(),
    payload: payload.trim() === "" ? {} : JSON.parse(payload),
    priority,
    expires_in_minutes: never ? null : Number(minutes),
  };
}

function payloadFault(text: string): string | null {
  if (text.trim() === "") return null;
  const fault = jsonFault(text);
  if (fault !== null) {
    return `Not JSON at line ${fault.line}, column ${fault.column}: expected ${fault.expected}`;
  }
  return /^\s*\{/.test(text) ? null : "Not an object: {…}";
}

function isSpan(minutes: string): boolean {
  return minutes.trim() !== "" && Number(minutes) > 0 && Number.isFinite(Number(minutes));
}
