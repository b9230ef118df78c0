import type { TaskStatus } from "@freshet/client";
import { statuses } from "./task";

/** What is picked out of the list, kept in the URL. */
export interface TasksSearch {
  readonly status?: readonly TaskStatus[] | undefined;
}

export function validateTasksSearch(search: Record<string, unknown>): TasksSearch {
  const said: unknown[] = Array.isArray(search["status"]) ? search["status"] : [search["status"]];
  const status = statuses.filter((each) => said.includes(each));
  return status.length === 0 ? {} : { status };
}
