import type { Json } from "@freshet/client";
import { UnstyledButton } from "@mantine/core";
import { memo, useState } from "react";
import type { Slices } from "../runtime/RuntimeStore";
import { formatCount, plural } from "../ui/format";
import { ChevronIcon } from "../ui/icons";
import { isContainer } from "./differences";
import classes from "./StateTree.module.css";

/** More members than anybody reads at once. */
const firstMembers = 200;

/** Slices with all that is in them; what changes lights up. */
export function StateTree(props: { slices: Slices }) {
  const sorted = [...props.slices].sort(([a], [b]) => a.localeCompare(b));
  return (
    <ul className={classes["tree"]} aria-label="Slices">
      {sorted.map(([name, { value, version }]) => (
        <Node key={name} name={name} value={value} version={version} depth={0} />
      ))}
    </ul>
  );
}

/** Rendered again only when its own part is another: the rest of a state keeps its identity. */
const Node = memo(function Node(props: {
  name: string;
  value: Json;
  version?: number;
  depth: number;
}) {
  const { name, value, version, depth } = props;
  const [open, setOpen] = useState(() => depth === 0 || isSmall(value, depth));
  const [all, setAll] = useState(false);
  const changes = useChanges(value);
  const lit = changes > 0 ? classes["changed"] : "";
  const label = (
    <>
      <span className={depth === 0 ? classes["slice"] : classes["name"]}>{name}</span>
      {version !== undefined && <span className={classes["version"]}>v{version}</span>}
    </>
  );
  if (!isContainer(value)) {
    return (
      <li className={classes["leaf"]} data-node={name}>
        {label}
        <span
          key={changes}
          className={`${classes["value"]} ${classes[kindOf(value)]} ${lit}`}
          data-changes={changes}
        >
          {JSON.stringify(value)}
        </span>
      </li>
    );
  }
  const members = Object.entries(value);
  const shown = all ? members : members.slice(0, firstMembers);
  return (
    <li data-node={name}>
      <UnstyledButton
        className={classes["branch"]}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className={classes["chevron"]}>
          <ChevronIcon />
        </span>
        {label}
        {/* What is open shows by itself which of its parts has changed. */}
        <span
          key={open ? "open" : changes}
          className={`${classes["size"]} ${open ? "" : lit}`}
          data-changes={changes}
        >
          {sizeOf(value, members.length)}
        </span>
      </UnstyledButton>
      {open && members.length > 0 && (
        <ul className={classes["members"]}>
          {shown.map(([key, member]) => (
            <Node key={key} name={key} value={member} depth={depth + 1} />
          ))}
          {shown.length < members.length && (
            <li>
              <UnstyledButton className={classes["more"]} onClick={() => setAll(true)}>
                Show all {formatCount(members.length)}
              </UnstyledButton>
            </li>
          )}
        </ul>
      )}
    </li>
  );
});

/** Whether it is shown open to begin with. */
function isSmall(value: Json, depth: number): boolean {
  return depth < 3 && isContainer(value) && Object.keys(value).length <= 12;
}

/** How often a value has become another while it was on screen. */
function useChanges(value: Json): number {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value === value) return seen.changes;
  setSeen({ value, changes: seen.changes + 1 });
  return seen.changes + 1;
}

function sizeOf(value: Json, members: number): string {
  if (Array.isArray(value)) return members === 0 ? "[ ]" : `[ ${plural(members, "item")} ]`;
  return members === 0 ? "{ }" : `{ ${plural(members, "member")} }`;
}

function kindOf(value: Json): "text" | "other" {
  return typeof value === "string" ? "text" : "other";
}
