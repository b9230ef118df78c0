import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./PageHead.module.css";

/** The head of a page about one thing: the way back, what it is called, how it is, and what may be done. */
export function PageHead(props: {
  /** A link to the list that it is in. */
  crumb: ReactNode;
  title: string;
  badge: ReactNode;
  facts: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={classes["head"]}>
      <div className={classes["crumb"]}>{props.crumb}</div>
      <Title order={1} className={classes["title"] ?? ""}>
        {props.title}
      </Title>
      {props.badge}
      <span className={classes["facts"]}>{props.facts}</span>
      {props.actions !== undefined && <div className={classes["actions"]}>{props.actions}</div>}
    </div>
  );
}
