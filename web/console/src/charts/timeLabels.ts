import type uPlot from "uplot";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Distances between the ticks of time, in ms. */
export const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28].map((count) => count * day),
];

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockToSeconds = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** `14:03`, local, and the day below where it is another than before. For axes in ms. */
export const timeLabels: uPlot.Axis.DynamicValues = (_, splits, __, ___, increment) =>
  labelTimes(splits, increment);

export function labelTimes(times: readonly number[], increment: number): string[] {
  if (increment >= day) return times.map((time) => date.format(time));
  const format = increment >= minute ? clock : clockToSeconds;
  const days = times.map((time) => date.format(time));
  return times.map((time, at) => {
    const label = format.format(time);
    return days[at] === days[at - 1] ? label : `${label}\n${days[at]}`;
  });
}
