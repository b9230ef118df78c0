import type { FrontendEvents, FrontendEventType } from "../events";
import type { FrontendEvent } from "./recent";

/** Who hears what; each may be another function with each render. */
export interface FrontendListeners {
  readonly onAgentStatus?: Listener<"agent.status"> | undefined;
  readonly onAcquisitionProgress?: Listener<"acquisition.progress"> | undefined;
  readonly onInstructionLifecycle?: Listener<"instruction.lifecycle"> | undefined;
  readonly onProcessingMetric?: Listener<"processing.metric"> | undefined;
  readonly onAgentLog?: Listener<"agent.log"> | undefined;
}

type Listener<Type extends FrontendEventType> = (payload: FrontendEvents[Type]) => void;

/** Calls the listener of the event's type, if there is one. */
export function tell(listeners: FrontendListeners, event: FrontendEvent): void {
  switch (event.type) {
    case "agent.status":
      listeners.onAgentStatus?.(event.data);
      break;
    case "acquisition.progress":
      listeners.onAcquisitionProgress?.(event.data);
      break;
    case "instruction.lifecycle":
      listeners.onInstructionLifecycle?.(event.data);
      break;
    case "processing.metric":
      listeners.onProcessingMetric?.(event.data);
      break;
    case "agent.log":
      listeners.onAgentLog?.(event.data);
      break;
  }
}
