import type { StreamTuning } from "@freshet/client";
import type { FrontendEventType } from "../events";

/** What to follow of the microscopes, and how patiently (§8.1). */
export interface FrontendRequest
  extends Pick<StreamTuning, "retryMs" | "retryCapMs" | "heartbeatMs" | "maxFrameBytes"> {
  /** Narrows the events of acquisitions to one. */
  readonly acquisitionUuid?: string | undefined;
  /** Narrows the events of agents to one. */
  readonly agentId?: string | undefined;
  /** Default: all. */
  readonly eventTypes?: readonly FrontendEventType[] | undefined;
  /** How many of the newest log lines to begin with. Default 0. */
  readonly logBacklog?: number | undefined;
  /** How many of the newest processing results to begin with. Default 0. */
  readonly metricBacklog?: number | undefined;
}

/** The stream's path with its query; the same for requests that mean the same. */
export function pathOf(request: FrontendRequest): string {
  const { acquisitionUuid, agentId, eventTypes, logBacklog, metricBacklog } = request;
  const query = new URLSearchParams();
  if (acquisitionUuid !== undefined) query.set("acquisition_uuid", acquisitionUuid);
  if (agentId !== undefined) query.set("agent_id", agentId);
  if (eventTypes?.length) query.set("event_types", [...new Set(eventTypes)].sort().join(","));
  if (logBacklog) query.set("log_backlog", String(logBacklog));
  if (metricBacklog) query.set("metric_backlog", String(metricBacklog));
  return `frontend/events/stream?${query}`;
}
