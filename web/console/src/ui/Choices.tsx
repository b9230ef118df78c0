import { UnstyledButton } from "@mantine/core";
import classes from "./Choices.module.css";
import { formatCount } from "./format";

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number;
}

/** Some of a few kinds, each with how many there are where that is known. None chosen is all. */
export function Choices<Value extends string>(props: {
  label: string;
  choices: readonly Choice<Value>[];
  chosen: readonly Value[];
  onChange: (chosen: readonly Value[]) => void;
}) {
  const { choices, chosen } = props;
  const toggle = (value: Value) =>
    props.onChange(
      chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value],
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row that scrolls
    <div className={classes["choices"]} role="group" aria-label={props.label}>
      {choices.map(({ value, label, count }) => (
        <UnstyledButton
          key={value}
          className={classes["choice"]}
          data-value={value}
          aria-pressed={chosen.includes(value)}
          onClick={() => toggle(value)}
        >
          {label}
          {count !== undefined && <span className={classes["count"]}>{formatCount(count)}</span>}
        </UnstyledButton>
      ))}
    </div>
  );
}
