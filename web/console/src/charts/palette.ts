/** The colours of a chart, as the page's stylesheet has them now: a canvas knows no variables. */
export interface Palette {
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly faded: string;
  readonly text: string;
  readonly line: string;
  readonly warn: string;
  readonly bad: string;
  readonly font: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    first: read("--chart-1"),
    second: read("--chart-2"),
    third: read("--chart-3"),
    faded: read("--chart-faded"),
    text: read("--mantine-color-dimmed"),
    line: read("--line"),
    warn: read("--warn"),
    bad: read("--bad"),
    font: `12px ${read("--mantine-font-family") || "sans-serif"}`,
  };
}

/** A colour that what is below shines through. */
export function translucent(colour: string, percent: number): string {
  return `color-mix(in srgb, ${colour} ${percent}%, transparent)`;
}
