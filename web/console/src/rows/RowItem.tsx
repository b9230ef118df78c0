import { Button, CopyButton, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { ChevronIcon } from "../ui/icons";
import classes from "./RowList.module.css";

/** What a row says while it is closed; its cells have classes of `RowList`. */
export function RowSummary(props: { opened: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <UnstyledButton
      className={classes["summary"]}
      aria-expanded={props.opened}
      onClick={props.onToggle}
    >
      <span className={classes["chevron"]}>
        <ChevronIcon />
      </span>
      {props.children}
    </UnstyledButton>
  );
}

/** What a row says when it is opened: its facts, a way to copy it, and all the rest. */
export function RowDetail(props: {
  facts: ReactNode;
  /** What is copied, and what the button says. */
  copy: readonly [value: string, label: string];
  children: ReactNode;
}) {
  const [value, label] = props.copy;
  return (
    <div className={classes["detail"]}>
      <div className={classes["facts"]}>
        {props.facts}
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? "Copied" : label}
            </Button>
          )}
        </CopyButton>
      </div>
      {props.children}
    </div>
  );
}
