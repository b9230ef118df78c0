import { lazy, Suspense } from "react";
import classes from "./Markdown.module.css";
import { useCalmed } from "./useCalmed";

/** Longer text is shown as it is: to lay it out would hold the page up. */
const longest = 60_000;

const load = () => import("./RenderedMarkdown");
const Rendered = lazy(load);
// Whoever opens a page with such text will need it.
void load();

/**
 * Text from a model, as Markdown. Nothing in it can do or load anything: no HTML, no images, and only
 * links that leave the page to the web or to mail.
 */
export function Markdown(props: {
  text: string;
  /** Whether more is to come. */
  growing?: boolean;
}) {
  const text = useCalmed(props.text, props.growing ?? false);
  const plain = <div className={classes["plain"]}>{text}</div>;
  if (text.length > longest) return plain;
  return (
    <Suspense fallback={plain}>
      <Rendered text={text} />
    </Suspense>
  );
}
