import { memo } from "react";
import { RowDetail, RowSummary } from "../rows/RowItem";
import rowClasses from "../rows/RowList.module.css";
import { formatClock, formatFull } from "../ui/format";
import { JsonView, prettyJson } from "../ui/JsonView";
import { shortTopic } from "./shortTopic";
import classes from "./TailList.module.css";
import type { TailRow } from "./TailStore";

/** What fits in a row on the widest screen. */
const previewLength = 240;

export const TailItem = memo(function TailItem(props: {
  row: TailRow;
  opened: boolean;
  onToggle: (number: number) => void;
}) {
  const { row, opened } = props;
  return (
    <div className={kindOf(row.type)}>
      <RowSummary opened={opened} onToggle={() => props.onToggle(row.number)}>
        <span className={rowClasses["time"]}>
          {row.time === null ? "–" : formatClock(row.time)}
        </span>
        <span className={`${rowClasses["title"]} ${classes["type"]}`}>{row.type}</span>
        <span className={`${rowClasses["more"]} ${classes["topic"]}`}>
          <bdi dir="ltr">{shortTopic(row.topic)}</bdi>
        </span>
        <span className={rowClasses["json"]}>{row.json.slice(0, previewLength)}</span>
      </RowSummary>
      {opened && <Detail row={row} />}
    </div>
  );
});

function Detail({ row }: { row: TailRow }) {
  return (
    <RowDetail
      facts={
        <>
          <span>{row.topic}</span>
          {row.time !== null && <time>{formatFull(row.time)}</time>}
        </>
      }
      copy={[prettyJson(row.json), "Copy JSON"]}
    >
      <JsonView json={row.json} />
    </RowDetail>
  );
}

function kindOf(type: string): string | undefined {
  if (type.startsWith("state.")) return classes["state"];
  return type.startsWith("stream.") ? classes["control"] : undefined;
}
