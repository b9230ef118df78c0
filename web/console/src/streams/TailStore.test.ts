import { describe, expect, test } from "vitest";
import { TailStore } from "./TailStore";

/** A tail that is drawn when the test says so. */
function tailOf(limits = { rows: 10, characters: 1_000 }) {
  const drawings: (() => void)[] = [];
  const store = new TailStore((callback) => drawings.push(callback), limits);
  const push = (count: number, json = "1") => {
    for (let i = 0; i < count; i++) store.push({ type: "t", topic: "a", time: null, json });
  };
  const draw = () => {
    for (const drawing of drawings.splice(0)) drawing();
  };
  const numbers = () => Array.from(store.snapshot().rows, (row) => row.number);
  return { store, push, draw, numbers, drawings };
}

describe("TailStore", () => {
  test("push_manyRows_areToldOncePerDrawing", () => {
    const { store, push, draw, numbers, drawings } = tailOf();
    let told = 0;
    store.subscribe(() => (told += 1));
    push(3);
    expect(drawings).toHaveLength(1);
    expect(numbers()).toEqual([]);
    draw();
    expect(told).toBe(1);
    expect(numbers()).toEqual([1, 2, 3]);
  });

  test("push_pastTheRows_dropsTheOldestAndCountsThem", () => {
    const { store, push, draw, numbers } = tailOf();
    push(25);
    draw();
    push(4);
    draw();
    expect(numbers()).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    expect(store.snapshot()).toMatchObject({ received: 29, dropped: 19, held: 0 });
  });

  test("push_pastTheCharacters_dropsTheOldest", () => {
    const { push, draw, numbers } = tailOf({ rows: 10, characters: 100 });
    push(4, "x".repeat(40));
    draw();
    expect(numbers()).toEqual([3, 4]);
  });

  test("push_oneRowLargerThanAll_isKeptAlone", () => {
    const { push, draw, numbers } = tailOf({ rows: 10, characters: 100 });
    push(2);
    push(1, "x".repeat(500));
    draw();
    expect(numbers()).toEqual([3]);
  });

  test("pause_rowsThatArrive_areHeldWithinTheLimits", () => {
    const { store, push, draw, numbers } = tailOf();
    push(2);
    draw();
    store.pause(true);
    push(30);
    draw();
    expect(numbers()).toEqual([1, 2]);
    expect(store.snapshot()).toMatchObject({ paused: true, held: 10, received: 32, dropped: 20 });
  });

  test("resume_heldRows_areShown", () => {
    const { store, push, draw, numbers } = tailOf();
    push(2);
    draw();
    store.pause(true);
    push(3);
    draw();
    store.pause(false);
    expect(numbers()).toEqual([1, 2, 3, 4, 5]);
    expect(store.snapshot()).toMatchObject({ paused: false, held: 0, dropped: 0 });
  });

  test("clear_whilePaused_forgetsAllAndStaysPaused", () => {
    const { store, push, draw, numbers } = tailOf();
    push(2);
    draw();
    store.pause(true);
    push(2);
    store.clear();
    draw();
    expect(numbers()).toEqual([]);
    expect(store.snapshot()).toMatchObject({ paused: true, held: 0, received: 0, dropped: 0 });
    push(1);
    store.pause(false);
    expect(numbers()).toEqual([5]);
  });
});
