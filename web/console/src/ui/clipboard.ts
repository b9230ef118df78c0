/** Rejects where the browser forbids it. */
export async function copyText(text: string): Promise<void> {
  // Only pages that came over TLS or from this machine have a clipboard.
  if (navigator.clipboard !== undefined) await navigator.clipboard.writeText(text);
  else copySelected(text);
}

function copySelected(text: string): void {
  const holder = document.createElement("textarea");
  const focused = document.activeElement;
  holder.value = text;
  holder.setAttribute("aria-hidden", "true");
  document.body.append(holder);
  holder.select();
  const copied = document.execCommand("copy");
  holder.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!copied) throw new Error("the browser does not let this page copy");
}
