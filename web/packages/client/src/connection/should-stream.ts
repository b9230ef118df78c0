/** How a stream has fared. */
export interface StreamRecord {
  /** In a row. */
  readonly failures: number;
  /** While polling: when to try the stream again, in milliseconds since the epoch. */
  readonly againAt?: number | undefined;
}

/** What is known when it is to be decided how to go on. */
export interface StreamView extends StreamRecord {
  /** Where the stream is, if there is one. */
  readonly streamUrl: string | undefined;
  readonly enabled: boolean;
  /** Whether nothing will change any more. */
  readonly terminal: boolean;
}

/** Whether to stream now, rather than to poll or to do nothing. */
export function shouldStream(view: StreamView, afterFailures: number, now: number): boolean {
  const { streamUrl, enabled, terminal } = view;
  return streamUrl !== undefined && enabled && !terminal && isDue(view, afterFailures, now);
}

/** Whether a stream that is wanted is to be tried now. */
export function isDue(
  { failures, againAt }: StreamRecord,
  afterFailures: number,
  now: number,
): boolean {
  return againAt === undefined ? failures < afterFailures : now >= againAt;
}
