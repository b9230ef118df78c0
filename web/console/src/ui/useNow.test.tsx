// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { useNow } from "./useNow";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("useNow_whenASecondEndsInTheMidstOfARender_isTheSame", () => {
  const complain = vi.spyOn(console, "error");
  let ms = 10_999;
  vi.spyOn(Date, "now").mockImplementation(() => ms++);
  const { result } = renderHook(() => [useNow(), useNow()]);
  expect(result.current[0]).toBe(result.current[1]);
  expect(complain).not.toHaveBeenCalled();
});

test("useNow_goesOnBySeconds_andIsRightAgainAfterAPause", () => {
  vi.useFakeTimers({ now: 60_500 });
  const first = renderHook(() => useNow());
  expect(first.result.current).toBe(60_000);
  act(() => vi.advanceTimersByTime(2_000));
  expect(first.result.current).toBe(62_000);
  first.unmount();
  vi.setSystemTime(300_000);
  expect(renderHook(() => useNow()).result.current).toBe(300_000);
});
