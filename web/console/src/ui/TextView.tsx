import classes from "./TextView.module.css";

/** Longer text is cut: nobody reads it here, and a browser would stop to lay it out. */
const longest = 300_000;

/** Text as it is, in a frame that scrolls. */
export function TextView(props: { label: string; text: string }) {
  const { text } = props;
  const isCut = text.length > longest;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className={classes["text"]} role="group" aria-label={props.label} tabIndex={0}>
      <bdi>{isCut ? text.slice(0, longest) : text}</bdi>
      {isCut && "\n… cut here; copy or download it to see all"}
      {text === "" && <span className={classes["empty"]}>empty</span>}
    </pre>
  );
}
