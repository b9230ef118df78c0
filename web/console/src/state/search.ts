import { text } from "../ui/read";

/** What the URL says of the page. */
export interface StateSearch {
  /** Without it, the server's own. */
  readonly runtime?: string | undefined;
}

export function validateStateSearch(search: Record<string, unknown>): StateSearch {
  return { runtime: text(search["runtime"]) ?? undefined };
}
