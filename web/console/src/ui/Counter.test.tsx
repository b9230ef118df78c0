// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Counter } from "./Counter";

afterEach(cleanup);

test("counter_first_isNotLit", () => {
  render(<Counter value={1234} />);
  expect(screen.getByText("1,234").className).not.toContain("changed");
});

test("counter_eachChange_isLitAnew", () => {
  const { rerender } = render(<Counter value={1} />);
  rerender(<Counter value={2} />);
  const lit = screen.getByText("2");
  expect(lit.className).toContain("changed");
  rerender(<Counter value={2} />);
  expect(screen.getByText("2")).toBe(lit);
  rerender(<Counter value={3} />);
  // Another element: that is what starts the animation again.
  expect(screen.getByText("3")).not.toBe(lit);
});
