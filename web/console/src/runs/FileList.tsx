import type { Execution } from "@freshet/agents";
import { formatBytes } from "../ui/format";
import { Section } from "../ui/Section";
import { FileLink } from "./FileLink";
import classes from "./Runs.module.css";

/** What a run made. */
export function FileList({ files }: Pick<Execution, "files">) {
  return (
    <Section title="Files">
      {files.length === 0 ? (
        <p className={classes["none"]}>None</p>
      ) : (
        <ul className={classes["files"]} aria-label="Files">
          {files.map(({ path, bytes }) => (
            <li key={path}>
              <FileLink path={path}>{path}</FileLink>
              <span className={classes["bytes"]}>{formatBytes(bytes)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
