// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import { Button } from "@mantine/core";
import { Fragment, type ReactNode, useState } from "react";
import classes from "./DataTable.module.css";
import { formatCount } from "./format";
import { useNarrow } from "./useNarrow";

/** A head, and what gives its column a width. */
export type Column = readonly [title: string, className?: string | undefined];

/**
 * Rows under heads; a card each where there is less room than `cardsBelow`. Rows past the first are
 * one click away. Cells are `td role="cell"` in `tr role="row"`.
 */
export function DataTable<T>(props: {
  label: string;
  columns: readonly Column[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** CSS pixels of the table's own width. */
  cardsBelow: number;
  /** Default 100: more than anybody reads. */
  firstRows?: number;
  className?: string | undefined;
  children: (row: T) => ReactNode;
}) {
  const { rows, keyOf, firstRows = 100 } = props;
  const { narrow, ref } = useNarrow(props.cardsBelow);
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, firstRows);
  return (
    <>
      <div ref={ref} className={classes["frame"]} data-narrow={narrow}>
        <table
          className={`${classes["table"]} ${props.className ?? ""}`}
          role="table"
          aria-label={props.label}
        >
          <thead>
            <tr>
              {props.columns.map(([title, className]) => (
                <th key={title} scope="col" className={className}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.map((row) => (
              <Fragment key={keyOf(row)}>{props.children(row)}</Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && (
        <Button variant="default" onClick={() => setAll(true)}>
          Show all {formatCount(rows.length)}
        </Button>
      )}
    </>
  );
}

/** The smaller print of a cell. */
export function Minor(props: { className?: string | undefined; children: ReactNode }) {
  return <div className={`${classes["minor"]} ${props.className ?? ""}`}>{props.children}</div>;
}

/** Why what the row is about failed. */
export function RowError(props: { children: ReactNode }) {
  return <div className={classes["error"]}>{props.children}</div>;
}
