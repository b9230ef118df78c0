import { Button } from "@mantine/core";
import { Notice } from "../ui/Notice";
import classes from "./Acquisition.module.css";
import type { DetailsState } from "./useDetails";

/** Says that an acquisition is over, is gone, or that its details could not be read. */
export function Outcome(props: { state: DetailsState; status: unknown; again: () => void }) {
  const { state, status } = props;
  if (state === "deleted") {
    return (
      <div className={classes["notice"]}>
        <Notice tone="warn" title="This acquisition was deleted">
          What you see is what was last known of it.
        </Notice>
      </div>
    );
  }
  if (state === "failed") {
    return (
      <div className={classes["notice"]}>
        <Notice tone="warn" title="The details could not be read">
          What comes live is shown all the same.{" "}
          <Button size="compact-sm" variant="default" onClick={props.again}>
            Try again
          </Button>
        </Notice>
      </div>
    );
  }
  const ended = status === "completed" || status === "abandoned";
  if (!ended) return null;
  return (
    <p className={classes["outcome"]} role="status">
      This acquisition is {status}. Results that are still being processed appear as they come.
    </p>
  );
}
