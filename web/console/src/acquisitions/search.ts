import { type Acquisition, type AcquisitionStatus, statuses } from "./acquisition";

/** What is picked out of the list, kept in the URL. */
export interface AcquisitionsSearch {
  readonly status?: AcquisitionStatus | undefined;
  readonly find?: string | undefined;
}

export function validateAcquisitionsSearch(search: Record<string, unknown>): AcquisitionsSearch {
  const status = statuses.find((each) => each === search["status"]);
  const find = search["find"];
  return {
    ...(status === undefined ? {} : { status }),
    ...(typeof find === "string" && find !== "" ? { find } : {}),
  };
}

export function pick(
  acquisitions: readonly Acquisition[],
  { status, find }: AcquisitionsSearch,
): readonly Acquisition[] {
  const words = (find ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return acquisitions.filter((acquisition) => {
    if (status !== undefined && acquisition.status !== status) return false;
    const text = `${acquisition.name} ${acquisition.instrument} ${acquisition.uuid}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
