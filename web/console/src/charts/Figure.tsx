import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Figure.module.css";

/** A chart with its title, its numbers in words, and as a table. Its size never changes. */
export function Figure(props: {
  title: string;
  /** One line. */
  numbers: ReactNode;
  /** Said in place of a chart that has nothing to show. */
  empty: string | null;
  tall?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const id = useId();
  return (
    <figure className={classes["figure"]} aria-labelledby={id}>
      <figcaption className={classes["caption"]}>
        <Title order={3} id={id}>
          {props.title}
        </Title>
        <div className={classes["numbers"]}>{props.numbers}</div>
      </figcaption>
      <div className={`${classes["plot"]} ${props.tall ? classes["tall"] : ""}`}>
        {props.empty === null ? props.children : <p className={classes["empty"]}>{props.empty}</p>}
      </div>
      {props.footer}
    </figure>
  );
}
