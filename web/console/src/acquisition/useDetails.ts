import type { Problem } from "@freshet/client";
import { type AcquisitionResponse, useSmartEMQueries } from "@freshet/smartem";
import { useQuery } from "@tanstack/react-query";

/** A deletion is no event of the stream: so often it is looked whether there was one. */
const lookEveryMs = 10_000;

/**
 * `unknown`: there is no such acquisition; `deleted`: there was one a moment ago; `failed`: the
 * server does not say.
 */
export type DetailsState = "loading" | "known" | "unknown" | "deleted" | "failed";

/** What an acquisition is; what the stream hints at is asked for again by its hook. */
export function useDetails(uuid: string, current: boolean) {
  const { data, error, refetch } = useQuery({
    ...useSmartEMQueries().acquisition(uuid),
    refetchInterval: current ? lookEveryMs : false,
  });
  return { acquisition: data, state: stateOf(data, error), again: () => void refetch() };
}

function stateOf(
  acquisition: AcquisitionResponse | undefined,
  problem: Problem | null,
): DetailsState {
  if (problem?.status === 404) return acquisition === undefined ? "unknown" : "deleted";
  if (acquisition !== undefined) return "known";
  return problem === null ? "loading" : "failed";
}
