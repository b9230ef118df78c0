/** Calls back when the network returns or somebody looks at the page again. Nothing to hear in Node. */
export function onWake(callback: () => void): () => void {
  const { window, document } = globalThis as Partial<typeof globalThis>;
  if (!window?.addEventListener || !document?.addEventListener) return () => undefined;
  const onVisible = () => {
    if (document.visibilityState === "visible") callback();
  };
  window.addEventListener("online", callback);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    window.removeEventListener("online", callback);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
