/**
 * Where a stream would go on: immutable, each method answers the successor. Ids of a stream that
 * begins with snapshots are provisional until it is live, since a snapshot may be missing (`U1`).
 */
export interface Position {
  /** What to ask for; `undefined`: the states as they are now. */
  readonly from: string | undefined;
  /** Whether `from` is what the caller said (`after`) rather than an id that was received. */
  readonly asked: boolean;
  /** While snapshots arrive: the last id meanwhile, `""` for none yet. */
  readonly provisional: string | undefined;
}

export function beginAt(after: string | undefined): Position {
  return { from: after, asked: true, provisional: undefined };
}

/**
 * A connection opened: what was provisional on the one before counts for nothing, and where the
 * server did not resume, neither does an id from before.
 */
export function opened(position: Position, resumed: boolean): Position {
  if (resumed) return { ...position, provisional: undefined };
  return { ...position, from: position.asked ? position.from : undefined, provisional: "" };
}

/** A page covers the log up to `from`. */
export function at(from: string): Position {
  return { from, asked: false, provisional: undefined };
}

/** The client's position was refused; until the stream is live there is none. */
export function reset(): Position {
  return { from: undefined, asked: false, provisional: "" };
}

/** A frame carried an id. An empty one clears the position. */
export function seen(position: Position, id: string | undefined): Position {
  if (id === undefined) return position;
  if (position.provisional !== undefined) return { ...position, provisional: id };
  return { from: id || undefined, asked: false, provisional: undefined };
}

/** Snapshots are complete. */
export function live(position: Position): Position {
  if (position.provisional === undefined) return position;
  const from = position.provisional || position.from;
  return { from, asked: !position.provisional && position.asked, provisional: undefined };
}
