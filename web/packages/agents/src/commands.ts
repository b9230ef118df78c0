import { Problem, type Server } from "@freshet/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import {
  cancelExecution,
  type ExecuteRequest,
  executeAgent,
  resolveApproval,
  setViewers,
} from "./api";
import type { Execution } from "./events";
import type { AgentStore } from "./store";

/**
 * What may be done with a run. Each answers the run, or `undefined` where it failed, which the error
 * tells; none rejects.
 */
export interface Commands {
  /**
   * The server's agent begins; the run becomes the current one. Where no answer came, the same
   * request again starts no second run (`L3`).
   */
  readonly startExecution: (request: ExecuteRequest | string) => Promise<Execution | undefined>;
  /** Ends the run; one that is being started ends as soon as it has begun. */
  readonly cancelExecution: (reason?: string) => Promise<Execution | undefined>;
  /** Lets a tool call run that waits for it. */
  readonly approve: (approvalId: string, reason?: string) => Promise<Execution | undefined>;
  /** Lets it not; the agent is told the reason. */
  readonly reject: (approvalId: string, reason?: string) => Promise<Execution | undefined>;
  /** Names all who may watch besides the owner. */
  readonly share: (viewers: readonly string[]) => Promise<Execution | undefined>;
}

/** What becomes of the commands. */
export interface CommandState {
  /** How many starts have no answer yet. */
  readonly starting: number;
  /** Why the last command failed. */
  readonly error: Problem | undefined;
}

/** Commands, and what becomes of them, without a framework. `target` says which run they mean. */
export function commandsOf(
  server: Server,
  store: AgentStore,
  target: () => string | undefined,
): Commands & { readonly state: StoreApi<CommandState> } {
  const state = createStore<CommandState>()(() => ({ starting: 0, error: undefined }));
  let started: Promise<Execution | undefined> | undefined;
  let unanswered: { readonly request: string; readonly key: string } | undefined;

  async function attempt(work: () => Promise<Execution>): Promise<Execution | undefined> {
    state.setState({ error: undefined });
    try {
      const execution = await work();
      store.adopt(execution);
      return execution;
    } catch (cause) {
      state.setState({ error: problemOf(cause) });
      return undefined;
    }
  }

  async function start(request: ExecuteRequest): Promise<Execution> {
    const text = JSON.stringify(request);
    const key = unanswered?.request === text ? unanswered.key : newKey();
    unanswered = { request: text, key };
    try {
      const execution = await executeAgent(server, request, { idempotencyKey: key });
      unanswered = undefined;
      store.getState().select(execution.executionId);
      return execution;
    } catch (cause) {
      if (!problemOf(cause).retryable) unanswered = undefined;
      throw cause;
    }
  }

  async function startExecution(task: ExecuteRequest | string): Promise<Execution | undefined> {
    const request = typeof task === "string" ? { task } : task;
    state.setState(({ starting }) => ({ starting: starting + 1 }));
    const attempted = attempt(() => start(request));
    started = attempted;
    const execution = await attempted;
    if (started === attempted) started = undefined;
    state.setState(({ starting }) => ({ starting: starting - 1 }));
    return execution;
  }

  async function onTarget(
    work: (executionId: string) => Promise<Execution>,
  ): Promise<Execution | undefined> {
    const executionId = (await started)?.executionId ?? target();
    return executionId === undefined ? undefined : attempt(() => work(executionId));
  }

  const answer = (decision: "approve" | "reject") => (approvalId: string, reason?: string) =>
    onTarget((id) => resolveApproval(server, id, approvalId, { decision, reason }));

  return {
    state,
    startExecution,
    cancelExecution: (reason) => onTarget((id) => cancelExecution(server, id, { reason })),
    approve: answer("approve"),
    reject: answer("reject"),
    share: (viewers) => onTarget((id) => setViewers(server, id, viewers)),
  };
}

function problemOf(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem({ code: "failed", title: "Failed", detail: String(cause) }, { cause });
}

/** `crypto.randomUUID` is missing where a page is served neither over TLS nor from this machine. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
