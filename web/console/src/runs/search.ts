import type { RunStatus } from "@freshet/agents";
import { statuses } from "./run";

/** What is picked out of the list, kept in the URL. */
export interface RunsSearch {
  readonly status?: readonly RunStatus[] | undefined;
}

export function validateRunsSearch(search: Record<string, unknown>): RunsSearch {
  const said: unknown[] = Array.isArray(search["status"]) ? search["status"] : [search["status"]];
  const status = statuses.filter((each) => said.includes(each));
  return status.length === 0 ? {} : { status };
}
