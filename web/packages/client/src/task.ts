/** Of a task and of its sub-tasks; the last three are final. */
export type TaskStatus = "pending" | "running" | "verifying" | "completed" | "failed" | "cancelled";

/** Why a task or a sub-task failed. */
export interface TaskError {
  readonly code: string;
  readonly message: string;
}

/** One part of a task. */
export interface TaskSubtask {
  readonly id: string;
  readonly name: string;
  readonly status: TaskStatus;
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
  readonly bytesPerSecond: number;
  readonly attempts: number;
  readonly sha256: string | null;
  readonly error: TaskError | null;
}

/** A long job as it is now (PROTOCOL.md §8.5). */
export interface TaskDetail<Params = unknown> {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly status: TaskStatus;
  readonly params: Params;
  readonly owner: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly progress: {
    readonly bytesDone: number;
    readonly bytesTotal: number | null;
    readonly filesDone: number;
    readonly filesTotal: number;
    readonly bytesPerSecond: number;
    readonly etaSeconds: number | null;
  };
  readonly subtasks: readonly TaskSubtask[];
  readonly error: TaskError | null;
  readonly retryOf: string | null;
}
