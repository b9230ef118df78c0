import { memo } from "react";
import { formatBytes } from "../ui/format";
import { JsonView } from "../ui/JsonView";
import { TextView } from "../ui/TextView";
import classes from "./Story.module.css";
import { membersOf, type Part, partOf } from "./values";

/** A value that a tool was given, or gave. */
export const ValueView = memo(function ValueView(props: { label: string; value: unknown }) {
  const members = membersOf(props.value);
  if (members === null) return <PartView label={props.label} part={partOf(props.value)} />;
  return (
    <dl className={classes["members"]}>
      {members.map(([name, part]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <PartView label={`${props.label}: ${name}`} part={part} />
          </dd>
        </div>
      ))}
    </dl>
  );
});

function PartView({ part, label }: { part: Part; label: string }) {
  if (part.kind === "json") {
    if (part.json.length <= longestInline) return <Inline text={part.json} />;
    return <JsonView json={part.json} />;
  }
  if (part.bytes === null && isLine(part.text)) return <Inline text={part.text} />;
  return (
    <>
      <TextView label={label} text={part.text} />
      {part.bytes !== null && (
        <div className={classes["faint"]}>the beginning of {formatBytes(part.bytes)}</div>
      )}
    </>
  );
}

/** Longer values have a frame of their own. */
const longestInline = 120;

function isLine(text: string): boolean {
  return text !== "" && text.length <= longestInline && !/[\n\t]/.test(text);
}

function Inline({ text }: { text: string }) {
  return (
    <bdi className={classes["inline"]}>
      <code>{text}</code>
    </bdi>
  );
}
