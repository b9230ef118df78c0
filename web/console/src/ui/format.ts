const count = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const dayAndClock = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" });

const clockToTheMs = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

export const formatCount = (value: number): string => count.format(value);

/** `1 agent`, `1,200 agents`. */
export const plural = (value: number, word: string): string =>
  `${formatCount(value)} ${value === 1 ? word : `${word}s`}`;

const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"];
const bytes = new Intl.NumberFormat("en", {
  maximumSignificantDigits: 3,
  roundingPriority: "morePrecision",
  maximumFractionDigits: 0,
});

/** In the units of the server's settings, and of a transfer's bandwidth: `512 B`, `1.5 MiB`. */
export function formatBytes(value: number): string {
  const power = Math.floor(Math.log2(Math.max(1, value)) / 10);
  const unit = Math.min(power, byteUnits.length - 1);
  return `${bytes.format(value / 1024 ** unit)} ${byteUnits[unit]}`;
}

/** `14:03:27`, local. */
export const formatClock = (at: Date): string => clock.format(at);

/** `5 Jan, 14:03`, local. */
export const formatDay = (at: Date): string => dayAndClock.format(at);

/** `14:03:27.125`, or `5 Jan, 14:03` on another day; local. */
export function formatLogTime(at: Date, now = new Date()): string {
  return at.toDateString() === now.toDateString() ? clockToTheMs.format(at) : formatDay(at);
}

/** `14:03:27`, and the day where it is not today: `5 Jan, 14:03`. Local. */
export const formatMoment = (at: Date): string =>
  at.toDateString() === new Date().toDateString() ? formatClock(at) : formatDay(at);

/** With the zone: for titles. */
export const formatFull = (at: Date): string => full.format(at);

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** The largest unit alone: `42 s`, `5 min`, `3 h`, `2 d`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ["s", 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** The two largest units: `1 h 12 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const at = units.findIndex(([, length]) => seconds >= length);
  const [large, small] = at < 0 ? [undefined, undefined] : [units[at], units[at + 1]];
  if (large === undefined) return "0 s";
  const rest = small === undefined ? 0 : Math.floor((seconds % large[1]) / small[1]);
  const head = `${Math.floor(seconds / large[1])} ${large[0]}`;
  return rest === 0 || small === undefined ? head : `${head} ${rest} ${small[0]}`;
}

/** A time that may be missing or unreadable. */
export function parseTime(value: unknown): Date | null {
  if (typeof value !== "string") return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
}
