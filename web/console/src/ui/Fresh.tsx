import type { ReactNode } from "react";
import classes from "./Fresh.module.css";

/** The part of a page that is live; paler while it is not. */
export function Fresh(props: {
  stale: boolean;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className={`${classes["fresh"]} ${props.className ?? ""}`} data-stale={props.stale}>
      {props.children}
    </div>
  );
}
