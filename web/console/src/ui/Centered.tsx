import type { ReactNode } from "react";
import classes from "./Centered.module.css";

export function Centered(props: { children: ReactNode }) {
  return <div className={classes["centered"]}>{props.children}</div>;
}
