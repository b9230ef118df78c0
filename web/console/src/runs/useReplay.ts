import { createPlayer, type Playback, type Player, readRecording } from "@freshet/agents";
import { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";

/** A run that has ended, played again. */
export interface Replayed {
  /** Null until it is asked for. */
  readonly player: Player | null;
  /** Where the player is; null without one. */
  readonly playback: Playback | null;
  readonly loading: boolean;
  readonly problem: Problem | null;
  readonly begin: () => void;
  readonly leave: () => void;
}

export function useReplay(executionId: string): Replayed {
  const server = useServer();
  const [wanted, setWanted] = useState(false);
  const { data, error, isFetching } = useQuery({
    queryKey: ["run", executionId, "recording"],
    queryFn: ({ signal }) => readRecording(server, executionId, { signal }),
    enabled: wanted,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const player = useMemo(() => (wanted && data ? createPlayer(data) : null), [wanted, data]);
  useEffect(() => {
    player?.play();
    return () => player?.pause();
  }, [player]);
  const playback = useSyncExternalStore(player?.subscribe ?? never, () => player?.view() ?? null);
  return {
    player,
    playback,
    loading: wanted && isFetching,
    problem: wanted && error instanceof Problem ? error : null,
    begin: () => setWanted(true),
    leave: () => setWanted(false),
  };
}

const never = () => () => {};
