import { expect, test } from "vitest";
import { labelTimes } from "./timeLabels";

const minute = 60_000;
const local = (day: number, hour: number, minutes: number) =>
  new Date(2026, 0, day, hour, minutes).getTime();

test("times_sameDay_nameItOnce", () => {
  const times = [local(5, 9, 0), local(5, 9, 30), local(5, 10, 0)];
  expect(labelTimes(times, 30 * minute)).toEqual(["09:00\n5 Jan", "09:30", "10:00"]);
});

test("times_pastMidnight_nameTheNextDay", () => {
  const times = [local(5, 18, 0), local(6, 0, 0), local(6, 6, 0)];
  expect(labelTimes(times, 360 * minute)).toEqual(["18:00\n5 Jan", "00:00\n6 Jan", "06:00"]);
});

test("times_secondsApart_haveSeconds", () => {
  expect(labelTimes([local(5, 9, 0)], 5_000)).toEqual(["09:00:00\n5 Jan"]);
});

test("times_daysApart_areDays", () => {
  expect(labelTimes([local(5, 0, 0), local(7, 0, 0)], 2 * 24 * 60 * minute)).toEqual([
    "5 Jan",
    "7 Jan",
  ]);
});
