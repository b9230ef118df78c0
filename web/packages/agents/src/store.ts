import type { Problem, Server, StreamStatus, Unsubscribe } from "@freshet/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Execution, Step, ThinkingStep } from "./events";
import type { ExecutionStream } from "./stream";

/** Not followed. */
export interface Idle {
  readonly name: "idle";
}

/** A run that is known, and how. */
export interface AgentRun {
  /** `undefined`: nothing has come yet. */
  readonly execution: Execution | undefined;
  readonly connection: StreamStatus | Idle;
  /** Why nothing comes: over for good where the connection has `failed`, else for now. */
  readonly error: Problem | undefined;
}

/** What an app knows of its runs. Immutable; parts that did not change keep their identity. */
export interface AgentState {
  /** By id, those last that were followed last. */
  readonly runs: ReadonlyMap<string, AgentRun>;
  /** The run that was started, shown or selected last. */
  readonly currentId: string | undefined;
  readonly currentExecution: Execution | undefined;
  /** Of the current run, what it thought; same list until one of them changes. */
  readonly thinkingSteps: readonly ThinkingStep[];
  /** To the current run. */
  readonly connection: StreamStatus | Idle;
  /** Why nothing comes of the current run; why the run itself failed, `currentExecution` says. */
  readonly error: Problem | undefined;
  /** Makes a run the current one. */
  readonly select: (executionId: string | undefined) => void;
}

/** Options of {@link createAgentStore}. */
export interface AgentStoreOptions {
  /** How many runs that nobody follows are kept. Default 20. */
  readonly keep?: number | undefined;
}

/** A Zustand store of runs, without a framework. */
export interface AgentStore extends StoreApi<AgentState> {
  /** Keeps a run as its stream tells it. */
  readonly follow: (stream: ExecutionStream) => Unsubscribe;
  /** The same, and makes it the current one. */
  readonly show: (stream: ExecutionStream) => Unsubscribe;
  /** Takes a run that the server answered with, as far as no stream tells it. */
  readonly adopt: (execution: Execution) => void;
}

const IDLE: Idle = { name: "idle" };
const UNKNOWN: AgentRun = { execution: undefined, connection: IDLE, error: undefined };
const NO_STEPS: readonly ThinkingStep[] = [];

/** Makes a store. The hooks and composables have one for each server, unless they are given one. */
export function createAgentStore({ keep = 20 }: AgentStoreOptions = {}): AgentStore {
  const followed = new Map<ExecutionStream, { holders: number; readonly leave: Unsubscribe }>();
  const store = createStore<AgentState>()((set) => ({
    runs: new Map(),
    currentId: undefined,
    currentExecution: undefined,
    thinkingSteps: NO_STEPS,
    connection: IDLE,
    error: undefined,
    select: (currentId) => set((state) => viewOf(state, state.runs, currentId)),
  }));

  function isFollowed(executionId: string): boolean {
    return [...followed.keys()].some((stream) => stream.executionId === executionId);
  }

  function put(executionId: string, change: Partial<AgentRun>): void {
    store.setState((state) => {
      const before = state.runs.get(executionId);
      const run = { ...(before ?? UNKNOWN), ...change };
      if (before && isSame(before, run)) return state;
      const runs = new Map(state.runs).set(executionId, run);
      return viewOf(state, bounded(runs, state.currentId), state.currentId);
    });
  }

  /** Makes it the one that was followed last. */
  function renew(executionId: string): void {
    store.setState((state) => {
      const run = state.runs.get(executionId) ?? UNKNOWN;
      const others = [...state.runs].filter(([id]) => id !== executionId);
      return { runs: new Map([...others, [executionId, run]]) };
    });
  }

  /** Drops those that were followed longest ago. */
  function bounded(runs: Map<string, AgentRun>, currentId: string | undefined) {
    const idle = [...runs.keys()].filter((id) => id !== currentId && !isFollowed(id));
    for (const id of idle.slice(0, Math.max(0, idle.length - keep))) runs.delete(id);
    return runs;
  }

  function begin(stream: ExecutionStream) {
    const { executionId } = stream;
    const leave = stream.subscribe(() => put(executionId, runOf(stream)));
    return { holders: 0, leave };
  }

  function follow(stream: ExecutionStream): Unsubscribe {
    const { executionId } = stream;
    const entry = followed.get(stream) ?? begin(stream);
    followed.set(stream, entry);
    entry.holders++;
    renew(executionId);
    put(executionId, runOf(stream));
    return () => {
      entry.holders--;
      if (entry.holders > 0) return;
      entry.leave();
      followed.delete(stream);
      if (!isFollowed(executionId)) put(executionId, { connection: IDLE, error: undefined });
    };
  }

  return Object.assign(store, {
    follow,
    show(stream: ExecutionStream) {
      store.getState().select(stream.executionId);
      return follow(stream);
    },
    adopt(execution: Execution) {
      const { executionId } = execution;
      const streams = [...followed.keys()].filter((it) => it.executionId === executionId);
      for (const stream of streams) stream.adopt(execution);
      const known = store.getState().runs.get(executionId)?.execution?.sequence ?? 0;
      const isTold = streams.some((stream) => stream.execution());
      if (!isTold && execution.sequence >= known) put(executionId, { execution });
    },
  });
}

/** What is known stays until there is something newer. */
function runOf(stream: ExecutionStream): Partial<AgentRun> {
  const { status: connection } = stream;
  const execution = stream.execution();
  return { connection, error: errorOf(connection), ...(execution && { execution }) };
}

function errorOf(status: StreamStatus): Problem | undefined {
  if (status.name === "failed") return status.problem;
  return status.name === "retrying" ? status.reason : undefined;
}

function isSame(a: AgentRun, b: AgentRun): boolean {
  return a.execution === b.execution && a.connection === b.connection && a.error === b.error;
}

function viewOf(
  before: AgentState,
  runs: ReadonlyMap<string, AgentRun>,
  currentId: string | undefined,
): AgentState {
  const run = (currentId !== undefined && runs.get(currentId)) || UNKNOWN;
  const { execution: currentExecution, connection, error } = run;
  const thinkingSteps = thoughtsIn(
    currentExecution?.steps ?? NO_STEPS,
    before.currentExecution?.steps ?? NO_STEPS,
    before.thinkingSteps,
  );
  return { ...before, runs, currentId, currentExecution, thinkingSteps, connection, error };
}

/** Looks only at the steps from the first that is another than before. */
function thoughtsIn(
  steps: readonly Step[],
  stepsBefore: readonly Step[],
  before: readonly ThinkingStep[],
): readonly ThinkingStep[] {
  let same = 0;
  while (same < stepsBefore.length && steps[same] === stepsBefore[same]) same++;
  const gone = stepsBefore.slice(same).filter(isThought);
  const come = steps.slice(same).filter(isThought);
  if (gone.length === come.length && gone.every((thought, i) => thought === come[i])) return before;
  return [...before.slice(0, before.length - gone.length), ...come];
}

function isThought(step: Step): step is ThinkingStep {
  return step.kind === "thinking";
}

const stores = new WeakMap<Server, AgentStore>();

/** The store of all who ask this server as the same user; it is gone with the server's object. */
export function agentStoreOf(server: Server): AgentStore {
  const store = stores.get(server) ?? createAgentStore();
  stores.set(server, store);
  return store;
}
