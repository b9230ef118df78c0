import { Button, TextInput } from "@mantine/core";
import type { Dispatch, SetStateAction } from "react";
import { formatCount, plural } from "../ui/format";
import { type Brushes, type Dimension, isBrushed, noBrushes, withBrush } from "./brush";
import classes from "./QualitySection.module.css";

/** The ranges in numbers: what a pointer drags out in the charts can be typed here. */
export function RangeFields(props: {
  brushes: Brushes;
  onBrushes: Dispatch<SetStateAction<Brushes>>;
  inRange: number;
  all: number;
}) {
  const { brushes, onBrushes } = props;
  const brushed = isBrushed(brushes);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row
    <div className={classes["fields"]} role="group" aria-label="Ranges">
      {fields.map((field) => (
        <RangeField key={field.dimension} {...field} brushes={brushes} onBrushes={onBrushes} />
      ))}
      <div className={classes["outcome"]}>
        <span role="status">
          {brushed
            ? `${formatCount(props.inRange)} of ${plural(props.all, "micrograph")} in range`
            : "Drag in a chart, or type a range"}
        </span>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!brushed}
          onClick={() => onBrushes(noBrushes)}
        >
          Clear
        </Button>
      </div>
    </div>
  );
}

interface Field {
  readonly dimension: Dimension;
  readonly name: string;
  readonly step: number;
}

const fields: readonly Field[] = [
  { dimension: "resolution", name: "Resolution (Å)", step: 0.25 },
  { dimension: "motion", name: "Motion (Å)", step: 2 },
  { dimension: "order", name: "Arrival", step: 1 },
];

function RangeField(
  props: Field & { brushes: Brushes; onBrushes: Dispatch<SetStateAction<Brushes>> },
) {
  const { dimension, name, brushes } = props;
  const { from, to } = brushes[dimension] ?? { from: -Infinity, to: Infinity };
  const change = (end: "from" | "to", typed: string) => {
    const value = typed === "" ? Number.NaN : Number(typed);
    props.onBrushes((before) => {
      const range = before[dimension] ?? { from: -Infinity, to: Infinity };
      const open = end === "from" ? -Infinity : Infinity;
      return withBrush(before, dimension, { ...range, [end]: Number.isNaN(value) ? open : value });
    });
  };
  return (
    <div className={classes["field"]}>
      <span className={classes["name"]}>{name}</span>
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          className={classes["number"] ?? ""}
          size="xs"
          type="number"
          inputMode="decimal"
          min={0}
          step={props.step}
          placeholder={end}
          aria-label={`${name} ${end}`}
          value={shown(end === "from" ? from : to)}
          onChange={(event) => change(end, event.currentTarget.value)}
        />
      ))}
    </div>
  );
}

function shown(end: number): string {
  return Number.isFinite(end) ? String(end) : "";
}
