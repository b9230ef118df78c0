import type { ApplicationEventOf } from "@freshet/react";
import type { FrontendEvents } from "../events";
import type { FrontendRequest } from "./request";

/** Any event of the frontend stream, told apart by its type. */
export type FrontendEvent = ApplicationEventOf<FrontendEvents>;

/** What a connection that began now would begin with, for those who join one that is open. */
export interface Recent {
  see(event: FrontendEvent): void;
  clear(): void;
  events(): readonly FrontendEvent[];
}

/** Holds the last status of each agent and acquisition, and as many lines and results as are asked for. */
export function recent({ logBacklog = 0, metricBacklog = 0 }: FrontendRequest): Recent {
  const states = new Map<string, FrontendEvent>();
  const metrics = newest(metricBacklog);
  const lines = newest(logBacklog);
  return {
    see(event) {
      switch (event.type) {
        case "agent.status":
          states.set(`agent ${event.data.agent_id}`, event);
          break;
        case "acquisition.progress":
          states.set(`acquisition ${event.data.acquisition_uuid}`, event);
          break;
        case "processing.metric":
          metrics.add(event);
          break;
        case "agent.log":
          lines.add(event);
          break;
        case "instruction.lifecycle":
          break;
      }
    },
    clear() {
      states.clear();
      metrics.clear();
      lines.clear();
    },
    events: () => [...states.values(), ...metrics.all(), ...lines.all()],
  };
}

/** The last `limit` that were added, oldest first. */
function newest(limit: number) {
  let kept: FrontendEvent[] = [];
  return {
    add(event: FrontendEvent): void {
      kept.push(event);
      if (kept.length >= 2 * limit) kept = limit > 0 ? kept.slice(-limit) : [];
    },
    clear(): void {
      kept = [];
    },
    all: (): readonly FrontendEvent[] => (limit > 0 ? kept.slice(-limit) : []),
  };
}
