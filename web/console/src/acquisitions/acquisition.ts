import type { TopicState } from "@freshet/client";
import { parseTime } from "../ui/format";
import { count, record, text } from "../ui/read";
import { decodeSegment } from "../ui/segment";

export const statuses = ["started", "paused", "planned", "completed", "abandoned"] as const;
export type AcquisitionStatus = (typeof statuses)[number];

/** How much an acquisition has brought so far. */
interface Counts {
  readonly grids: number;
  readonly squares: number;
  readonly holes: number;
  readonly micrographs: number;
}

/** An acquisition as its two topics tell it: what it is, and how far it has come. */
export interface Acquisition {
  /** Unlike any other's in the tenant. */
  readonly key: string;
  readonly uuid: string;
  /** The uuid where the name is not known (yet). */
  readonly name: string;
  /** Empty where the acquisition names none. */
  readonly instrument: string;
  readonly model: string | null;
  /** Null: not said, or a word that this console does not know. */
  readonly status: AcquisitionStatus | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Null until the first progress. */
  readonly counts: Counts | null;
  readonly updatedAt: Date | null;
}

/** Patterns of the topics that {@link toAcquisition} reads. */
export const acquisitionTopics = [
  "instruments/*/acquisitions/*",
  "instruments/*/acquisitions/*/progress",
] as const;

const topicShape = /^instruments\/([^/]+)\/acquisitions\/([^/]+)(\/progress)?$/;

/** The states of one acquisition. */
export interface Parts {
  readonly instrument: string;
  readonly uuid: string;
  entity?: TopicState;
  progress?: TopicState;
}

/** The states by acquisition; those of other topics are left out. */
export function partsOf(states: ReadonlyMap<string, TopicState>): Map<string, Parts> {
  const all = new Map<string, Parts>();
  for (const [topic, state] of states) {
    const [, instrument, uuid, progress] = topicShape.exec(topic) ?? [];
    if (instrument === undefined || uuid === undefined) continue;
    const key = `${instrument}/${uuid}`;
    const parts = all.get(key) ?? { instrument, uuid };
    parts[progress === undefined ? "entity" : "progress"] = state;
    all.set(key, parts);
  }
  return all;
}

export function toAcquisition({ instrument, uuid, entity, progress }: Parts): Acquisition {
  const fields = record(entity?.value);
  const changed = [entity, progress].flatMap((part) => parseTime(part?.timestamp) ?? []);
  return {
    key: `${instrument}/${uuid}`,
    uuid: text(fields["uuid"]) ?? decodeSegment(uuid),
    name: text(fields["name"]) ?? decodeSegment(uuid),
    instrument: text(fields["instrument_id"]) ?? instrumentAt(instrument),
    model: text(fields["instrument_model"]),
    status: statusOf(fields, progress),
    startedAt: parseTime(fields["start_time"]),
    endedAt: parseTime(fields["end_time"]),
    counts: progress === undefined ? null : countsOf(record(progress.value)),
    updatedAt: changed.reduce<Date | null>((a, b) => (a === null || b > a ? b : a), null),
  };
}

/** The progress knows the status too, and is all that some grants show. */
function statusOf(
  fields: Readonly<Record<string, unknown>>,
  progress: TopicState | undefined,
): AcquisitionStatus | null {
  const said = fields["status"] ?? record(progress?.value)["status"];
  return statuses.find((status) => status === said) ?? null;
}

function countsOf(fields: Readonly<Record<string, unknown>>): Counts {
  return {
    grids: count(fields["grid_count"]),
    squares: count(fields["gridsquare_count"]),
    holes: count(fields["foilhole_count"]),
    micrographs: count(fields["micrograph_count"]),
  };
}

/** Acquisitions that name no instrument are kept at one that is called so. */
function instrumentAt(segment: string): string {
  return segment === "unknown" ? "" : decodeSegment(segment);
}

/** Started first; within a status the latest start first. */
export function compare(a: Acquisition, b: Acquisition): number {
  return (
    rank(a) - rank(b) ||
    (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0) ||
    a.name.localeCompare(b.name) ||
    a.uuid.localeCompare(b.uuid)
  );
}

function rank(acquisition: Acquisition): number {
  return acquisition.status === null ? statuses.length : statuses.indexOf(acquisition.status);
}
