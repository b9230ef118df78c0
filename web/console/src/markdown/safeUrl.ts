const allowed: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);

/** A link that leaves the page to the web or to mail; of any other there is nothing. */
export function safeUrl(url: string): string | undefined {
  try {
    // Without a base, so that what is relative, also to this server, is none.
    const { protocol, href } = new URL(url);
    return allowed.has(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
