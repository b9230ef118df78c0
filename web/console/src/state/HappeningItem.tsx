import { memo } from "react";
import { RowDetail, RowSummary } from "../rows/RowItem";
import rowClasses from "../rows/RowList.module.css";
import type { Happening } from "../runtime/RuntimeStore";
import { formatFull, formatLogTime } from "../ui/format";
import { JsonView } from "../ui/JsonView";
import { text } from "../ui/read";
import classes from "./Changes.module.css";

/** What fits in a row on the widest screen. */
const previewLength = 240;

/** An execution that began or ended, or an event of the runtime's own. */
export const HappeningItem = memo(function HappeningItem(props: {
  happening: Happening;
  opened: boolean;
  onToggle: (number: number) => void;
}) {
  const { happening, opened } = props;
  const { kind, name, data, time } = happening;
  const json = JSON.stringify(data);
  const at = time ?? new Date(happening.arrived);
  return (
    <div data-happening={kind} data-failed={data["status"] === "failed"}>
      <RowSummary opened={opened} onToggle={() => props.onToggle(happening.number)}>
        <span className={rowClasses["time"]}>{formatLogTime(at)}</span>
        <span className={`${rowClasses["title"]} ${classes["happening"]}`}>{name}</span>
        <span className={`${rowClasses["more"]} ${classes["cause"]}`} data-known="false">
          {kind === "event" ? aboutOf(happening) : turnOf(happening)}
        </span>
        <span className={rowClasses["json"]}>
          {kind === "event"
            ? (JSON.stringify(data["payload"]) ?? "").slice(0, previewLength)
            : outcomeOf(happening)}
        </span>
      </RowSummary>
      {opened && (
        <RowDetail
          facts={
            <>
              <time dateTime={at.toISOString()}>{formatFull(at)}</time>
              <span>{kinds[kind]}</span>
            </>
          }
          copy={[JSON.stringify(data, null, 2), kind === "event" ? "Copy event" : "Copy status"]}
        >
          <JsonView json={json} />
        </RowDetail>
      )}
    </div>
  );
});

const kinds = { execution: "execution of the runtime", event: "event of the runtime" };

function aboutOf({ data }: Happening): string {
  const slice = text(data["slice"]);
  return slice === null ? "event" : `event of ${slice}`;
}

function turnOf({ data }: Happening): string {
  const turn = text(data["turnId"]);
  return turn === null ? "execution" : `execution, turn ${turn}`;
}

function outcomeOf({ data }: Happening): string {
  const error = text(data["error"]);
  const status = text(data["status"]) ?? "";
  return error === null ? status : `${status}: ${error}`;
}
