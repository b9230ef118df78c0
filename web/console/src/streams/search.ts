/** What the tail follows, kept in the URL. */
export interface StreamsSearch {
  readonly topic?: readonly string[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly from?: "start" | undefined;
}

export const everything: readonly string[] = ["**"];
export const allTypes: readonly string[] = [];

export function validateStreamsSearch(search: Record<string, unknown>): StreamsSearch {
  const topic = words(search["topic"]);
  const type = words(search["type"]);
  return {
    ...(topic.length === 0 ? {} : { topic }),
    ...(type.length === 0 ? {} : { type }),
    ...(search["from"] === "start" ? { from: "start" } : {}),
  };
}

function words(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((word) => (typeof word === "string" && word !== "" ? [word] : []));
}
