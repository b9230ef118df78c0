import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import classes from "./Markdown.module.css";
import { safeUrl } from "./safeUrl";

/** Parsed into elements, never into HTML; see `Markdown`. */
export default memo(function RenderedMarkdown({ text }: { text: string }) {
  return (
    <div className={classes["markdown"]}>
      <ReactMarkdown
        remarkPlugins={plugins}
        components={components}
        urlTransform={(url) => safeUrl(url)}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
});

const plugins = [remarkGfm];

/** `node` is the parsed element, which no element of the page wants. */
const components: Components = {
  a: ({ href, children }) =>
    href === undefined ? (
      <span>{children}</span>
    ) : (
      <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ),
  // To load an image tells its server that, and what, somebody reads.
  img: ({ src, alt }) => {
    const label = `[image${alt ? `: ${alt}` : ""}]`;
    return typeof src === "string" ? (
      <a href={src} title={src} target="_blank" rel="noopener noreferrer nofollow">
        {label}
      </a>
    ) : (
      <span>{label}</span>
    );
  },
  input: ({ checked }) => (
    <span role="img" aria-label={checked ? "done" : "to do"}>
      {checked ? "☑" : "☐"}
    </span>
  ),
  // The page has headings of its own above these.
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h5>{children}</h5>,
  h3: ({ children }) => <h6>{children}</h6>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
  h6: ({ children }) => <h6>{children}</h6>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes["table"]} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
};
