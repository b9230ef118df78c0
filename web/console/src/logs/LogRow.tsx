// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be a window on its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus for its rows
import { Button } from "@mantine/core";
import { memo } from "react";
import { formatFull, formatLogTime, parseTime } from "../ui/format";
import { ChevronIcon } from "../ui/icons";
import { moreLines, preview } from "./highlight";
import classes from "./LogViewer.module.css";
import type { LogLine } from "./line";
import { Marked } from "./Marked";

/** The cells of one line, and of what it says when it is opened. */
export const LogRow = memo(function LogRow(props: {
  line: LogLine;
  /** What was searched for. */
  wanted: string;
  opened: boolean;
  onClick: (number: number) => void;
  onCopy: (line: LogLine) => void;
}) {
  const { line, wanted, opened } = props;
  const { log, text } = line;
  const at = parseTime(log.timestamp);
  const more = moreLines(text);
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys of its rows */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a row of the grid is clicked as a whole */}
      <div
        className={classes["summary"]}
        onClick={() => {
          // Selecting text in a row is no wish to open it.
          if (window.getSelection()?.isCollapsed !== false) props.onClick(line.number);
        }}
      >
        <span role="gridcell" className={classes["chevron"]} aria-hidden="true">
          <ChevronIcon />
        </span>
        <span role="gridcell" className={classes["time"]}>
          {at === null ? (
            "–"
          ) : (
            <time dateTime={at.toISOString()} title={formatFull(at)}>
              {formatLogTime(at)}
            </time>
          )}
        </span>
        <span role="gridcell" className={classes["levelCell"]}>
          <span className={classes["level"]}>{log.level.slice(0, 12)}</span>
        </span>
        <span role="gridcell" className={classes["agent"]} title={log.agent_id}>
          {log.agent_id}
        </span>
        <span role="gridcell" className={classes["message"]}>
          {line.gap && <span className={classes["gap"]}>lines may be missing above</span>}
          <span className={classes["logger"]}>
            <Marked text={log.logger_name} wanted={wanted} />
          </span>
          <bdi>
            <Marked text={preview(text, wanted)} wanted={wanted} />
          </bdi>
          {more > 0 && (
            <span className={classes["more"]}>
              +{more} {more === 1 ? "line" : "lines"}
            </span>
          )}
        </span>
      </div>
      {opened && <Detail line={line} wanted={wanted} at={at} onCopy={props.onCopy} />}
    </>
  );
});

/** Longer text is cut: nobody reads it here, and a browser would stop to lay it out. */
const longest = 100_000;

function Detail(props: {
  line: LogLine;
  wanted: string;
  at: Date | null;
  onCopy: (line: LogLine) => void;
}) {
  const { line, at } = props;
  const { log, text } = line;
  return (
    <div role="gridcell" className={classes["detail"]}>
      <div className={classes["facts"]}>
        <span>{at === null ? log.timestamp : formatFull(at)}</span>
        <span>{log.level}</span>
        <span>{log.agent_id}</span>
        <span>{log.logger_name}</span>
        <span>session {log.session_id}</span>
        <Button size="compact-xs" variant="default" onClick={() => props.onCopy(line)}>
          Copy line
        </Button>
      </div>
      <pre className={classes["full"]}>
        <Marked text={text.slice(0, longest)} wanted={props.wanted} />
        {text.length > longest && "\n… cut here; copy it to see all"}
      </pre>
    </div>
  );
}
