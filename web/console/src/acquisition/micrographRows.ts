import type { MicrographResponse } from "@freshet/smartem";
import { parseTime } from "../ui/format";
import type { Metric } from "./MetricList";

/** A line of the table. */
export interface MicrographRow {
  readonly uuid: string;
  /** The name of its file, else its uuid. */
  readonly name: string;
  readonly hole: string;
  readonly takenAt: Date | null;
  /** In µm; negative is under focus. */
  readonly defocus: number | null;
  readonly resolution: number | null;
  readonly motion: number | null;
  readonly picked: number | null;
  /** Ms since the epoch: when its results came live; null if they were there before. */
  readonly liveAt: number | null;
}

/** What the table shows of a micrograph as the server answers it. */
export type Micrograph = Pick<
  MicrographResponse,
  | "uuid"
  | "foilhole_id"
  | "foilhole_uuid"
  | "high_res_path"
  | "acquisition_datetime"
  | "defocus"
  | "ctf_max_resolution_estimate"
  | "total_motion"
  | "number_of_particles_picked"
>;

/** Micrographs in the order in which the server answered them. */
export function rowsOf(
  micrographs: readonly Micrograph[],
  metrics: readonly Metric[],
): readonly MicrographRow[] {
  const results = new Map(metrics.map((metric) => [metric.micrograph, metric]));
  return micrographs.map((micrograph) => toRow(micrograph, results.get(micrograph.uuid)));
}

/** The micrographs of results, those that changed last first, as far as the server told of them. */
export function rowsInRange(
  micrographs: readonly Micrograph[],
  inRange: readonly Metric[],
  limit: number,
): readonly MicrographRow[] {
  const byUuid = new Map(micrographs.map((micrograph) => [micrograph.uuid, micrograph]));
  return inRange
    .toSorted((a, b) => b.revision - a.revision)
    .slice(0, limit)
    .map((metric) => toRow(byUuid.get(metric.micrograph), metric));
}

/** Results that came live are newer than what was answered. */
function toRow(micrograph: Micrograph | undefined, metric: Metric | undefined): MicrographRow {
  const uuid = metric?.micrograph ?? micrograph?.uuid ?? "";
  const defocus = micrograph?.defocus ?? null;
  return {
    uuid,
    name: fileName(micrograph?.high_res_path) ?? uuid,
    hole: micrograph?.foilhole_id ?? micrograph?.foilhole_uuid ?? metric?.hole ?? "",
    takenAt: parseTime(micrograph?.acquisition_datetime),
    defocus: defocus === null ? null : defocus * 1e6,
    resolution: metric?.resolution ?? micrograph?.ctf_max_resolution_estimate ?? null,
    motion: metric?.motion ?? micrograph?.total_motion ?? null,
    picked: metric?.picked ?? micrograph?.number_of_particles_picked ?? null,
    liveAt: metric?.liveAt ?? null,
  };
}

/** `/data/m12/FoilHole_1_Data_2_3_fractions.eer` is `FoilHole_1_Data_2_3`. */
function fileName(path: string | null | undefined): string | null {
  const name = path
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/(_fractions)?\.\w+$/, "");
  return name === undefined || name === "" ? null : name;
}
