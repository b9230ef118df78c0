import { Button, CopyButton, UnstyledButton } from "@mantine/core";
import { memo } from "react";
import { formatClock, formatFull } from "../ui/format";
import { ChevronIcon } from "../ui/icons";
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
      <UnstyledButton
        className={classes["summary"]}
        aria-expanded={opened}
        onClick={() => props.onToggle(row.number)}
      >
        <span className={classes["chevron"]}>
          <ChevronIcon />
        </span>
        <span className={classes["time"]}>{row.time === null ? "–" : formatClock(row.time)}</span>
        <span className={classes["type"]}>{row.type}</span>
        <span className={classes["topic"]}>
          <bdi dir="ltr">{shortTopic(row.topic)}</bdi>
        </span>
        <span className={classes["json"]}>{row.json.slice(0, previewLength)}</span>
      </UnstyledButton>
      {opened && <Detail row={row} />}
    </div>
  );
});

function Detail({ row }: { row: TailRow }) {
  return (
    <div className={classes["detail"]}>
      <div className={classes["facts"]}>
        <span>{row.topic}</span>
        {row.time !== null && <time>{formatFull(row.time)}</time>}
        <CopyButton value={prettyJson(row.json)}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy JSON"}
            </Button>
          )}
        </CopyButton>
      </div>
      <JsonView json={row.json} />
    </div>
  );
}

function kindOf(type: string): string | undefined {
  if (type.startsWith("state.")) return classes["state"];
  return type.startsWith("stream.") ? classes["control"] : undefined;
}
