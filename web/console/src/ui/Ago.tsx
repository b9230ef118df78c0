import { formatFull, formatSpan } from "./format";
import { useNow } from "./useNow";

/** How long ago, kept current. */
export function Ago(props: { at: Date; className?: string }) {
  const now = useNow();
  const age = now - props.at.getTime();
  return (
    <time
      dateTime={props.at.toISOString()}
      title={formatFull(props.at)}
      className={props.className}
    >
      {age < 1_000 ? "just now" : `${formatSpan(age)} ago`}
    </time>
  );
}
