import { isObject, type Json } from "../json";
import { Problem } from "../problem";
import type { ApplicationEvent, ControlFrame, ControlFrames, StreamEvent } from "./frame";

/** A frame whose data is understood: the server's own, or an application's event. */
export type Frame = ControlFrameOfAnyType | EventFrame;

type ControlFrameOfAnyType = {
  readonly [Type in keyof ControlFrames]: {
    readonly kind: Type;
    readonly frame: ControlFrame<Type>;
  };
}[keyof ControlFrames];

interface EventFrame {
  readonly kind: "event";
  readonly event: ApplicationEvent;
}

type Members = Readonly<Record<string, unknown>>;

/** What each control frame must carry; what else it carries is let through. */
const SHAPES: { readonly [Type in keyof ControlFrames]: (data: Members) => boolean } = {
  "stream.open": ({ resumed, heartbeatMs }) => isFlag(resumed) && isNumber(heartbeatMs),
  "stream.reset": ({ reason }) => isText(reason),
  "stream.live": () => true,
  "stream.end": ({ reason }) => isText(reason),
  heartbeat: () => true,
  "state.initial": (data) => isVersioned(data) && "value" in data,
  "state.update": (data) => isVersioned(data) && ("value" in data || isPatched(data)),
  "state.delete": (data) => isVersioned(data),
};

function isVersioned({ topic, version }: Members): boolean {
  return isText(topic) && isNumber(version);
}

function isPatched({ patches, base }: Members): boolean {
  return Array.isArray(patches) && isNumber(base);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isFlag(value: unknown): value is boolean {
  return typeof value === "boolean";
}

/**
 * Understands a frame. `undefined`: one that this client does not know, to be ignored (§2.1). Throws
 * a `Problem` where a known frame is not what the protocol says; skipping it could lose a change.
 */
export function decodeFrame(
  type: string,
  id: string | undefined,
  data: unknown,
): Frame | undefined {
  if (isControl(type)) return decodeControl(type, id, data);
  return isReserved(type) ? undefined : decodeEvent(type, id, data);
}

/**
 * Understands a frame of an application's own stream (§8), whose data is the bare payload. Names
 * that begin with `state.` are the application's.
 */
export function decodeBareFrame(
  type: string,
  id: string | undefined,
  data: unknown,
): Frame | undefined {
  const isOwn = !isReserved(type) || type.startsWith("state.");
  if (isOwn) return { kind: "event", event: { type, id, data } };
  return isControl(type) ? decodeControl(type, id, data) : undefined;
}

/**
 * The same for a stream whose frames may be unnamed (§8.5): these are events of type `message`. Data
 * that is no JSON is the text that it is.
 */
export function decodeAnyFrame(
  type: string,
  id: string | undefined,
  data: unknown,
  text?: string,
): Frame | undefined {
  const value = data === undefined ? text : data;
  if (type === "message") return { kind: "event", event: { type, id, data: value } };
  return decodeBareFrame(type, id, isControl(type) ? data : value);
}

function decodeControl(type: keyof ControlFrames, id: string | undefined, data: unknown): Frame {
  if (!isObject(data) || !SHAPES[type](data)) throw malformed(type);
  return { kind: type, frame: { type, id, data } } as unknown as Frame;
}

function decodeEvent(type: string, id: string | undefined, envelope: unknown): Frame | undefined {
  if (!isObject(envelope)) return undefined;
  const { topic, time, data, end } = envelope;
  if (!isText(topic) || !isText(time)) return undefined;
  const event: StreamEvent = { type, id, topic, time, data, end: end === true };
  return { kind: "event", event };
}

/** Data as JSON; `undefined` where it is none. */
export function parseData(data: string): Json | undefined {
  try {
    return JSON.parse(data) as Json;
  } catch {
    return undefined;
  }
}

function isControl(type: string): type is keyof ControlFrames {
  return Object.hasOwn(SHAPES, type);
}

/** Types that no application may publish (§1). */
function isReserved(type: string): boolean {
  return /^(?:open|error|message|heartbeat|stream\..*|state\..*)$/s.test(type);
}

function malformed(type: string): Problem {
  return new Problem({
    code: "malformed_frame",
    title: "Malformed frame",
    detail: `a '${type}' frame is not what the protocol says`,
  });
}
