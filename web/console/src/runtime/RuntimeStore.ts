import {
  type ApplicationEvent,
  applyPatch,
  type Cause,
  type Json,
  type PatchOperation,
  share,
} from "@freshet/client";
import { EachFrame, type Schedule } from "../rows/EachFrame";
import { LastRows, type RowLimits } from "../rows/LastRows";
import { RowBuffer, type Rows } from "../rows/RowBuffer";
import { parseTime } from "../ui/format";
import { record, text } from "../ui/read";

/** A slice as it is. */
export interface Slice {
  readonly value: Json;
  readonly version: number;
}

export type Slices = ReadonlyMap<string, Slice>;

/** What became of a slice. Values share all that did not change, so keeping many costs little. */
export interface Change {
  /** Counts the changes of this store, from 1. */
  readonly number: number;
  readonly slice: string;
  readonly version: number;
  /** How it came: as patches, as a whole value, or in a snapshot, which may hold many changes. */
  readonly kind: "patches" | "value" | "snapshot";
  /** `undefined` where the slice was not known. */
  readonly before: Json | undefined;
  readonly after: Json;
  readonly patches: readonly PatchOperation[] | null;
  readonly cause: Cause | null;
  /** As the frame says; null where it says none. */
  readonly time: Date | null;
  /** When it came here, in ms since the epoch. */
  readonly arrived: number;
  readonly characters: number;
}

/** What happened in a runtime and changed no slice by itself: an execution, or an event of its own. */
export interface Happening {
  readonly number: number;
  readonly kind: "execution" | "event";
  /** The execution's id, or the event's name. */
  readonly name: string;
  /** As it was sent. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly time: Date | null;
  readonly arrived: number;
  readonly characters: number;
}

/** A row of the time line. */
export type Entry = Change | Happening;

export function isChange(entry: Entry): entry is Change {
  return entry.kind !== "execution" && entry.kind !== "event";
}

export interface RuntimeSnapshot {
  /** Null until they are known. */
  readonly slices: Slices | null;
  readonly changes: Rows<Entry>;
  readonly paused: boolean;
  /** Changes since the pause, to be shown after it. */
  readonly held: number;
  /** Changes that are no longer kept: the oldest give way. */
  readonly dropped: number;
  /** Whether a change did not fit: what is shown is old until a snapshot comes (S4). */
  readonly unfit: boolean;
}

const limits: RowLimits = { rows: 2_000, characters: 8_000_000 };

const nothing: RuntimeSnapshot = {
  slices: null,
  changes: new RowBuffer<Entry>().view(),
  paused: false,
  held: 0,
  dropped: 0,
  unfit: false,
};

/** The slices of a runtime, how they came to be so, and what else happened, as `GET /events` tells it (PROTOCOL §8.6). */
export class RuntimeStore {
  readonly #draws: EachFrame;
  readonly #changes: LastRows<Entry>;
  #slices: Slices | null = null;
  #number = 0;
  #unfit = false;
  #paused = false;
  #snapshot = nothing;

  constructor(schedule: Schedule, bounds: RowLimits = limits) {
    this.#draws = new EachFrame(schedule, () => this.#look());
    this.#changes = new LastRows(bounds, ({ characters }) => characters);
  }

  readonly snapshot = (): RuntimeSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => this.#draws.subscribe(listener);

  readonly take = ({ type, data }: ApplicationEvent): void => {
    if (type === "state.initial") this.#begin(record(data));
    else if (type === "state.update") this.#update(record(data));
    else if (type === "execution.status") this.#happened("execution", "executionId", record(data));
    else if (type === "custom-event") this.#happened("event", "name", record(data));
    else return;
    this.#draws.soon();
  };

  /** What is shown stays as it is; what comes meanwhile is kept. */
  readonly pause = (paused: boolean): void => {
    this.#paused = paused;
    this.#draws.now();
  };

  #begin(data: Readonly<Record<string, unknown>>): void {
    const before = this.#slices ?? new Map<string, Slice>();
    const versions = record(data["versions"]);
    const slices = new Map<string, Slice>();
    for (const [name, value] of Object.entries(record(data["slices"]))) {
      const was = before.get(name);
      const slice = { value: share(was?.value, value as Json), version: Number(versions[name]) };
      slices.set(name, slice);
      if (slice.value !== was?.value) this.#note(name, was, slice, { kind: "snapshot", data: {} });
    }
    this.#slices = slices;
    this.#unfit = false;
  }

  #update(data: Readonly<Record<string, unknown>>): void {
    const name = text(data["slice"]);
    if (this.#slices === null || this.#unfit || name === null) return;
    const was = this.#slices.get(name);
    const version = Number(data["version"]);
    if (was !== undefined && version <= was.version) return;
    const value = nextValue(was, data);
    if (value === undefined) {
      this.#unfit = true;
      return;
    }
    const slice = { value, version };
    this.#slices = new Map(this.#slices).set(name, slice);
    this.#note(name, was, slice, { kind: "patches" in data ? "patches" : "value", data });
  }

  #note(
    slice: string,
    before: Slice | undefined,
    after: Slice,
    { kind, data }: { kind: Change["kind"]; data: Readonly<Record<string, unknown>> },
  ): void {
    this.#number += 1;
    this.#changes.push({
      number: this.#number,
      slice,
      version: after.version,
      kind,
      before: before?.value,
      after: after.value,
      patches: kind === "patches" ? (data["patches"] as readonly PatchOperation[]) : null,
      cause: (data["cause"] as Cause | null | undefined) ?? null,
      time: parseTime(data["timestamp"]),
      arrived: Date.now(),
      characters: JSON.stringify(data["patches"] ?? after.value).length,
    });
  }

  #happened(kind: Happening["kind"], named: string, data: Happening["data"]): void {
    this.#number += 1;
    this.#changes.push({
      number: this.#number,
      kind,
      name: text(data[named]) ?? "",
      data,
      time: parseTime(data["timestamp"]),
      arrived: Date.now(),
      characters: JSON.stringify(data).length,
    });
  }

  #look(): void {
    const { changes, slices } = this.#snapshot;
    const shown = changes.at(changes.length - 1)?.number ?? 0;
    this.#snapshot = {
      slices: this.#paused ? slices : this.#slices,
      changes: this.#paused ? changes : this.#changes.view(),
      paused: this.#paused,
      held: this.#paused ? this.#number - shown : 0,
      dropped: this.#number - this.#changes.length,
      unfit: this.#unfit,
    };
  }
}

/** `undefined` where the change does not fit what is held. */
function nextValue(
  was: Slice | undefined,
  data: Readonly<Record<string, unknown>>,
): Json | undefined {
  if (data["value"] !== undefined) return share(was?.value, data["value"] as Json);
  if (was === undefined || data["base"] !== was.version) return undefined;
  try {
    return applyPatch(was.value, (data["patches"] ?? []) as readonly PatchOperation[]);
  } catch {
    return undefined;
  }
}
