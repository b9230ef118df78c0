const loginFragment = /^#login=([^&]+)$/;

/**
 * Takes the one-time code out of the URL, so that it is neither in the history nor in a bookmark.
 * The page stays the same.
 */
export function takeLoginCode(location: Location, history: History): string | null {
  const code = loginFragment.exec(location.hash)?.[1];
  if (code === undefined) return null;
  history.replaceState(history.state, "", location.pathname + location.search);
  return decode(code);
}

function decode(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}
