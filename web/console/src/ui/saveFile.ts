/** How long a browser may take to begin to save a file. */
const patienceMs = 60_000;

/** Gives the reader a file to keep. */
export function saveFile(name: string, type: string, parts: string[]): void {
  saveBlob(name, new Blob(parts, { type: `${type};charset=utf-8` }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), patienceMs);
}
