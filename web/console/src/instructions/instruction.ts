import type { InstructionResponse } from "@freshet/smartem";

/** An instruction, as the server lists it (§8.3), and its session. */
export interface Instruction extends InstructionResponse {
  readonly session_id: string;
}

export const priorities = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof priorities)[number];

/** Where an instruction is, in one word. */
export const states = [
  "pending",
  "sent",
  "received",
  "processed",
  "failed",
  "declined",
  "expired",
  "cancelled",
] as const;
export type State = (typeof states)[number];

export const stateLabels: Readonly<Record<State, string>> = {
  pending: "Pending",
  sent: "Sent",
  received: "Received",
  processed: "Processed",
  failed: "Failed",
  declined: "Declined",
  expired: "Expired",
  cancelled: "Cancelled",
};

export function stateOf({ status, ack_status: ack }: InstructionResponse): State {
  return status === "acknowledged" ? (ack ?? "received") : status;
}

/** One step of what becomes of an instruction. */
export interface Step {
  readonly name: State | "acknowledged";
  readonly label: string;
  /** ISO 8601; null where it is not known, or has not happened. */
  readonly at: string | null;
  readonly reached: boolean;
}

/** Pending, sent, and what came of it; an instruction that is over before it was sent never gets there. */
export function stepsOf(instruction: Instruction): readonly Step[] {
  const { sent_at: sentAt, created_at: createdAt } = instruction;
  const state = stateOf(instruction);
  const pending: Step = { name: "pending", label: "Pending", at: createdAt, reached: true };
  const sent: Step = { name: "sent", label: "Sent", at: sentAt, reached: sentAt !== null };
  if (state === "pending" || state === "sent") {
    return [
      pending,
      sent,
      { name: "acknowledged", label: "Acknowledged", at: null, reached: false },
    ];
  }
  const last: Step = {
    name: state,
    label: stateLabels[state],
    at: endOf(instruction),
    reached: true,
  };
  return sent.reached ? [pending, sent, last] : [pending, last];
}

function endOf({ status, acknowledged_at, expires_at }: Instruction): string | null {
  if (status === "acknowledged") return acknowledged_at;
  return status === "expired" ? expires_at : null;
}

/** Newest first. */
export function compareInstructions(a: Instruction, b: Instruction): number {
  return Date.parse(b.created_at) - Date.parse(a.created_at);
}

/** What agents of the SmartEM system understand; others may understand more. */
export const knownTypes = [
  "microscope.control.move_stage",
  "microscope.control.take_image",
  "microscope.control.reorder_gridsquares",
  "microscope.control.skip_gridsquares",
  "microscope.control.reorder_foilholes",
  "microscope.control.skip_foilholes",
] as const;
