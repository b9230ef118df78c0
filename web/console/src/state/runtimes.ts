import { Problem, type Server, send } from "@freshet/client";
import { useQuery } from "@tanstack/react-query";
import { operating } from "../runtime/useRuntime";
import { server } from "../session/session";
import { decodeSegment } from "../ui/segment";

const pattern = "runtime/*/slices/*";

/**
 * The runtimes that one may choose from: the server's own, and those whose slices an administrator
 * finds in the tenant. Others may be named in the URL.
 */
export function useRuntimeNames(chosen: string): readonly string[] {
  const { data = [] } = useQuery({
    queryKey: ["runtimes"],
    queryFn: () => readTopics(server),
    retry: false,
  });
  return namesOf(data, chosen);
}

export function namesOf(topics: readonly string[], chosen: string): readonly string[] {
  const found = topics.map((topic) => decodeSegment(topic.split("/")[1] ?? ""));
  return [...new Set([operating, ...found.filter(Boolean).sort(), chosen])];
}

async function readTopics(from: Server): Promise<readonly string[]> {
  try {
    const answer = await send(
      from,
      `/v1/admin/topics?topic=${encodeURIComponent(pattern)}&limit=1000`,
    );
    const { topics } = (await answer.json()) as { topics: readonly { readonly topic: string }[] };
    return topics.map(({ topic }) => topic);
  } catch (error) {
    // Who is no administrator is not told; the page works without the choice.
    if (error instanceof Problem && error.status === 404) return [];
    throw error;
  }
}
