import { formatFull, formatLogTime, parseTime } from "../ui/format";
import classes from "./Instructions.module.css";
import { type Instruction, stepsOf } from "./instruction";

/** What became of an instruction, step by step. Told apart by word and mark, not by colour alone. */
export function Lifecycle(props: { instruction: Instruction }) {
  return (
    <ol className={classes["steps"]} aria-label="Lifecycle">
      {stepsOf(props.instruction).map(({ name, label, at, reached }) => (
        <li key={name} className={classes["step"]} data-step={name} data-reached={reached}>
          <span className={classes["stepName"]}>{label}</span>
          <StepTime at={parseTime(at)} />
        </li>
      ))}
    </ol>
  );
}

function StepTime(props: { at: Date | null }) {
  const { at } = props;
  if (at === null) return <span className={classes["stepTime"]}>–</span>;
  return (
    <time className={classes["stepTime"]} dateTime={at.toISOString()} title={formatFull(at)}>
      {formatLogTime(at)}
    </time>
  );
}
