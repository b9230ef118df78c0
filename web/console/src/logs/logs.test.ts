import type { AgentLog } from "@freshet/smartem";
import { describe, expect, test } from "vitest";
import { exportLog, fileName } from "./exportLog";
import { FilteredLog } from "./FilteredLog";
import { type LogFilter, noFilter, toFilter, toSearch, validateLogSearch } from "./filter";
import { highlight, moreLines, preview } from "./highlight";
import { LogStore } from "./LogStore";
import { levelOf } from "./line";
import { visible } from "./visible";

function logOf(id: number, more: Partial<AgentLog> = {}): AgentLog {
  return {
    id,
    agent_id: "m12",
    session_id: "s1",
    timestamp: "2026-01-05T10:00:00.125Z",
    level: "INFO",
    logger_name: "watcher",
    message: `line ${id}`,
    ...more,
  };
}

/** A store that is drawn when the test says so. */
function storeOf(limits = { rows: 10, characters: 1_000 }) {
  const drawings: (() => void)[] = [];
  const store = new LogStore((callback) => drawings.push(callback), limits);
  const push = (...ids: number[]) => {
    for (const id of ids) store.push(logOf(id));
  };
  const draw = () => {
    for (const drawing of drawings.splice(0)) drawing();
  };
  const ids = () => {
    draw();
    return Array.from(store.snapshot().lines, ({ log }) => log.id);
  };
  const gaps = () => Array.from(store.snapshot().lines).flatMap((l) => (l.gap ? [l.log.id] : []));
  return { store, push, draw, ids, gaps, drawings };
}

describe("LogStore", () => {
  test("push_manyLines_areToldOncePerDrawing", () => {
    const { store, push, draw, drawings } = storeOf();
    let told = 0;
    store.subscribe(() => (told += 1));
    push(1, 2, 3);
    expect(drawings).toHaveLength(1);
    expect(store.snapshot().lines.length).toBe(0);
    draw();
    expect(told).toBe(1);
    expect(store.snapshot().lines.length).toBe(3);
  });

  test("R1: push_pastTheLimits_dropsTheOldest_andCountsThem", () => {
    const { store, push, ids } = storeOf();
    store.push(logOf(0, { level: "ERROR", agent_id: "m1" }));
    push(...Array.from({ length: 24 }, (_, i) => i + 1));
    expect(ids()).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
    const { received, levels, agents } = store.snapshot();
    expect(received).toBe(25);
    expect([...levels]).toEqual([["INFO", 10]]);
    expect([...agents]).toEqual([["m12", 10]]);
  });

  test("R1: push_pastTheCharacters_dropsTheOldest", () => {
    const { store, ids } = storeOf({ rows: 10, characters: 100 });
    for (const id of [1, 2, 3]) store.push(logOf(id, { message: "x".repeat(40) }));
    expect(ids()).toEqual([2, 3]);
  });

  test("U3: interrupt_backlogOverlaps_doublesNothing_andHasNoGap", () => {
    const { store, push, ids, gaps } = storeOf();
    push(1, 4, 6);
    store.interrupt({ sameLog: true });
    push(4, 6, 9, 12);
    expect(ids()).toEqual([1, 4, 6, 9, 12]);
    expect(gaps()).toEqual([]);
  });

  test("U3: interrupt_backlogDoesNotReachBack_saysThatLinesMayBeMissing", () => {
    const { store, push, ids, gaps } = storeOf();
    push(1, 4);
    store.interrupt({ sameLog: true });
    push(90, 91);
    expect(ids()).toEqual([1, 4, 90, 91]);
    expect(gaps()).toEqual([90]);
  });

  test("U3: interrupt_anotherLog_takesItsLowerIds", () => {
    const { store, push, ids, gaps } = storeOf();
    push(100, 101);
    store.interrupt({ sameLog: false });
    push(1, 2);
    push(2);
    expect(ids()).toEqual([100, 101, 1, 2]);
    expect(gaps()).toEqual([1]);
  });

  test("push_linesThatAreHere_orGaveWay_areNotTakenAgain", () => {
    const { push, ids, gaps } = storeOf({ rows: 3, characters: 1_000 });
    push(1, 2, 3, 4, 5);
    push(1, 2, 3, 4, 5);
    push(6);
    expect(ids()).toEqual([4, 5, 6]);
    expect(gaps()).toEqual([]);
  });

  test("push_idsAreGivenAgain_isAnotherLog", () => {
    const { store, push, ids, gaps } = storeOf();
    push(1, 2, 3);
    store.push(logOf(2, { message: "another" }));
    push(3);
    expect(ids()).toEqual([1, 2, 3, 2, 3]);
    expect(gaps()).toEqual([2]);
  });

  test("interrupt_first_leavesNoGap", () => {
    const { store, push, ids, gaps } = storeOf();
    store.interrupt({ sameLog: true });
    push(5);
    expect(ids()).toEqual([5]);
    expect(gaps()).toEqual([]);
  });
});

/** A filtered log whose time passes with each look at the clock. */
function filteredOf(store: LogStore, filter: LogFilter = noFilter, msPerLook = 0) {
  let now = 0;
  const waiting: (() => void)[] = [];
  const pace = {
    now: () => {
      now += msPerLook;
      return now;
    },
    later: (next: () => void) => waiting.push(next),
  };
  const filtered = new FilteredLog(store, filter, pace);
  filtered.subscribe(() => {});
  const ids = () => Array.from(filtered.snapshot().lines, ({ log }) => log.id);
  const goOn = () => waiting.shift()?.();
  return { filtered, ids, goOn, waiting };
}

describe("FilteredLog", () => {
  const errors: LogFilter = { ...noFilter, levels: ["ERROR"] };

  test("noFilter_isTheLogItself", () => {
    const { store, push, draw } = storeOf();
    const { filtered } = filteredOf(store);
    push(1, 2);
    draw();
    expect(filtered.snapshot().lines).toBe(store.snapshot().lines);
  });

  test("lines_thatComeLater_areFilteredToo_andDroppedWithTheLog", () => {
    const { store, push, draw } = storeOf();
    store.push(logOf(1, { level: "error" }));
    draw();
    const { ids } = filteredOf(store, errors);
    expect(ids()).toEqual([1]);
    push(2, 3);
    store.push(logOf(4, { level: "ERROR" }));
    draw();
    expect(ids()).toEqual([1, 4]);
    push(5, 6, 7, 8, 9, 10, 11);
    draw();
    expect(ids()).toEqual([4]);
  });

  test("agentsAndText_bothHaveToMatch_whateverTheCase", () => {
    const { store, draw } = storeOf();
    store.push(logOf(1, { message: "GRID [a.b] done", agent_id: "m1" }));
    store.push(logOf(2, { message: "grid [a.b] done", agent_id: "m2" }));
    store.push(logOf(3, { message: "grid [axb] done", agent_id: "m1" }));
    store.push(logOf(4, { logger_name: "Grid [A.B]", message: "", agent_id: "m1" }));
    draw();
    const { ids } = filteredOf(store, { ...noFilter, agents: ["m1"], text: "grid [a.b]" });
    expect(ids()).toEqual([1, 4]);
  });

  test("manyLines_areSearchedInStretches_newestFirst", () => {
    const { store, push, draw } = storeOf({ rows: 10_000, characters: 1_000_000 });
    push(...Array.from({ length: 10_000 }, (_, i) => i + 1));
    draw();
    const { filtered, ids, goOn, waiting } = filteredOf(store, noFilter, 1);
    filtered.filter({ ...noFilter, text: "00" });
    expect(filtered.snapshot().searching).toBe(true);
    // What was shown before stays a moment: most searches are over by then.
    expect(ids()).toHaveLength(10_000);
    let partly = false;
    while (waiting.length > 0) {
      goOn();
      const last = ids().at(-1);
      expect(last).toBe(10_000);
      partly ||= filtered.snapshot().searching && ids().length < 200;
    }
    expect(partly).toBe(true);
    expect(filtered.snapshot().searching).toBe(false);
    expect(ids()).toEqual(
      Array.from({ length: 10_000 }, (_, i) => i + 1).filter((id) => String(id).includes("00")),
    );
  });

  test("filter_changesDuringASearch_theLastOneCounts", () => {
    const { store, push, draw } = storeOf({ rows: 10_000, characters: 1_000_000 });
    push(...Array.from({ length: 5_000 }, (_, i) => i + 1));
    draw();
    const { filtered, ids, goOn, waiting } = filteredOf(store, noFilter, 1);
    filtered.filter({ ...noFilter, text: "7" });
    goOn();
    filtered.filter({ ...noFilter, text: "line 4999" });
    while (waiting.length > 0) goOn();
    expect(ids()).toEqual([4_999]);
  });
});

test.each([
  ["WARNING", "WARNING"],
  ["warn", "WARNING"],
  [" Fatal", "CRITICAL"],
  ["trace", "DEBUG"],
  ["shout", "OTHER"],
  ["", "OTHER"],
])("levelOf_%s_is %s", (written, level) => {
  expect(levelOf(written)).toBe(level);
});

describe("visible", () => {
  test("controlCharacters_andWhatTurnsText_areShown", () => {
    expect(visible("\x1b[31mred\x07\x7f\x9b1m \u202eabc\u2069")).toBe("␛[31mred␇␡␦1m ␦abc␦");
    expect(visible("50 %\rdone\0")).toBe("50 %␍done␀");
  });

  test("whatPeopleWrite_staysAsItIs", () => {
    const text = "tab\tand\nlines, é, 漢字, 🙂, עברית <b>";
    expect(visible(text)).toBe(text);
    expect(visible("a\r\nb")).toBe("a\nb");
  });
});

describe("highlight", () => {
  test("stretches_together_areTheText", () => {
    const text = "Grid grid GRID (a+b) grıd";
    for (const wanted of ["grid", "(a+b)", "", "nowhere", " "]) {
      const stretches = highlight(text, wanted);
      expect(stretches.map((stretch) => stretch.text).join("")).toBe(text);
    }
    const hits = highlight(text, "grid").flatMap(({ text, hit }) => (hit ? [text] : []));
    expect(hits).toEqual(["Grid", "grid", "GRID"]);
  });

  test("R1: veryManyHits_areBounded", () => {
    expect(highlight("a".repeat(5_000), "a").length).toBeLessThan(300);
  });
});

describe("preview", () => {
  test("isTheFirstLine_cut", () => {
    expect(preview("one\ntwo", "")).toBe("one");
    expect(preview("x".repeat(5_000), "")).toHaveLength(300);
  });

  test("hitIsFarBack_isShown", () => {
    const text = `${"x".repeat(5_000)} needle`;
    expect(preview(text, "NEEDLE")).toMatch(/^…x+ needle$/);
    expect(preview("first\nsecond needle", "needle")).toContain("needle");
  });

  test("moreLines_countsThoseBehindTheFirst", () => {
    expect([moreLines("one"), moreLines("one\n"), moreLines("one\ntwo\n\nthree")]).toEqual([
      0, 0, 3,
    ]);
  });
});

describe("exportLog", () => {
  const tricky = logOf(2, { message: "\x1b[31mred\ntwo", level: "ERROR" });

  test("text_isWhatIsSeen_jsonIsWhatCame", async () => {
    const { store, push, draw } = storeOf();
    push(1);
    store.push(tricky);
    draw();
    const { lines } = store.snapshot();
    expect((await exportLog(lines, "text")).join("")).toBe(
      "2026-01-05T10:00:00.125Z INFO m12 watcher: line 1\n" +
        "2026-01-05T10:00:00.125Z ERROR m12 watcher: ␛[31mred\ntwo\n",
    );
    const json = (await exportLog(lines, "json")).join("").trimEnd().split("\n");
    expect(json.map((line) => JSON.parse(line))).toEqual([logOf(1), tricky]);
  });

  test("manyLines_areWrittenInParts_withRestsBetween", async () => {
    const { store, push, draw } = storeOf({ rows: 20_000, characters: 1_000_000 });
    push(...Array.from({ length: 10_000 }, (_, i) => i));
    draw();
    let rests = 0;
    const parts = await exportLog(store.snapshot().lines, "json", async () => {
      rests += 1;
    });
    expect(rests).toBe(3);
    expect(parts.join("").trimEnd().split("\n")).toHaveLength(10_000);
  });

  test("fileName_saysWhen", () => {
    const at = new Date("2026-01-05T10:02:03Z");
    expect(fileName("text", at)).toBe("freshet-log-20260105-100203.log");
    expect(fileName("json", at)).toBe("freshet-log-20260105-100203.jsonl");
  });
});

test.each([
  [{}, {}],
  [
    { level: "ERROR", agent: "m1", find: "x" },
    { level: ["ERROR"], agent: ["m1"], find: "x" },
  ],
  [{ level: ["loud", 7, "INFO"], agent: [""], find: 7 }, { level: ["INFO"] }],
])("validateLogSearch_%o_is %o", (search, valid) => {
  expect(validateLogSearch(search)).toEqual(valid);
  expect(toSearch(toFilter(validateLogSearch(search)))).toEqual(valid);
});
