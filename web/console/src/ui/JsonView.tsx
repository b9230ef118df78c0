import { useMemo } from "react";
import { colourJson } from "./colourJson";
import classes from "./JsonView.module.css";

/** Longer text is cut: nobody reads it here, and a browser would stop to lay it out. */
const longest = 100_000;

/** JSON for people. */
export function JsonView(props: { json: string }) {
  const pretty = useMemo(() => prettyJson(props.json), [props.json]);
  const pieces = useMemo(() => colourJson(pretty.slice(0, longest)), [pretty]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className={classes["json"]} tabIndex={0}>
      {pieces.map((piece) => (
        <span key={piece.at} className={piece.kind === null ? undefined : classes[piece.kind]}>
          {piece.text}
        </span>
      ))}
      {pretty.length > longest ? "\n… cut here; copy it to see all" : ""}
    </pre>
  );
}

export function prettyJson(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}
