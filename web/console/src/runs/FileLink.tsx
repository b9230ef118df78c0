import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useShowFile } from "./ShowFileContext";
import classes from "./Story.module.css";

/** The name of a file that a run made; shows it. */
export function FileLink(props: { path: string; children: ReactNode }) {
  const show = useShowFile();
  return (
    <UnstyledButton className={classes["file"]} onClick={() => show(props.path)}>
      {props.children}
    </UnstyledButton>
  );
}
