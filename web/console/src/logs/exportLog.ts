import type { Rows } from "../rows/RowBuffer";
import type { LogLine } from "./line";

export const formats = {
  text: { label: "Text", type: "text/plain", extension: "log" },
  json: { label: "JSON lines", type: "application/x-ndjson", extension: "jsonl" },
} as const;
export type LogFormat = keyof typeof formats;

/** As people read it: what cannot be seen is shown, as in the viewer. */
function toText({ log, text }: LogLine): string {
  return `${log.timestamp} ${log.level} ${log.agent_id} ${log.logger_name}: ${text}`;
}

/** As it came. */
function toJson({ log }: LogLine): string {
  return JSON.stringify(log);
}

/** So many lines are written at a stretch. */
const stretch = 4_000;

/** Each line and a line feed after it, in parts; others get to work in between. */
export async function exportLog(
  lines: Rows<LogLine>,
  format: LogFormat,
  rest: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve)),
): Promise<string[]> {
  const write = format === "text" ? toText : toJson;
  const parts: string[] = [];
  for (let from = 0; from < lines.length; from += stretch) {
    let part = "";
    for (let index = from; index < Math.min(from + stretch, lines.length); index++) {
      const line = lines.at(index);
      if (line !== undefined) part += `${write(line)}\n`;
    }
    parts.push(part);
    await rest();
  }
  return parts;
}

/** `freshet-log-20260105-100000.log`, in UTC. */
export function fileName(format: LogFormat, at: Date): string {
  const digits = at.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `freshet-log-${digits}.${formats[format].extension}`;
}
