import { Button, Popover, Stack, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { formatSpan } from "../ui/format";
import { useNow } from "../ui/useNow";
import { type ShownStream, useShownStream } from "./ConnectionContext";
import classes from "./ConnectionIndicator.module.css";
import { type Description, describe } from "./describe";
import { useStatus } from "./useStatus";

/** The true state of the stream that the page on screen lives by. */
export function ConnectionIndicator() {
  const shown = useShownStream();
  const status = useStatus(shown?.stream ?? null);
  const now = useNow();
  const description = describe(status, now);
  return (
    <>
      <Popover position="bottom-end" width={320} shadow="md" withArrow trapFocus>
        <Popover.Target>
          <UnstyledButton
            className={`${classes["indicator"]} ${classes[description.tone]}`}
            data-testid="connection"
            data-state={status?.name ?? "none"}
          >
            <span className={classes["dot"]} aria-hidden="true" />
            <span className={classes["label"]}>
              <VisuallyHidden component="span">Connection: </VisuallyHidden>
              {description.label}
            </span>
            <span className={classes["since"]}>
              <span className={classes["word"]}>event </span>
              {sinceLastEvent(shown, now)}
            </span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label="Connection">
          <Details description={description} shown={shown} now={now} />
        </Popover.Dropdown>
      </Popover>
      <Announcement description={description} />
    </>
  );
}

function Details(props: { description: Description; shown: ShownStream | null; now: number }) {
  const { description, shown } = props;
  const { problem } = description;
  return (
    <Stack gap="xs">
      <Text fw={600}>{description.label}</Text>
      <Text size="sm">{description.detail}</Text>
      {problem !== undefined && (
        <Text size="sm" c="dimmed">
          {problem.message} ({problem.code})
        </Text>
      )}
      <Text size="sm" c="dimmed">
        Last event: {sinceLastEvent(shown, props.now)}
      </Text>
      {shown?.stream.status.name === "retrying" && (
        <Button variant="light" onClick={shown.stream.retry}>
          Reconnect now
        </Button>
      )}
    </Stack>
  );
}

/** Tells a screen reader of a change of state, but not of each second that passes. */
function Announcement(props: { description: Description }) {
  const label = props.description.label.replace(/ in \d+ s$/, "");
  return (
    <VisuallyHidden role="status" aria-live="polite">
      Connection: {label}
    </VisuallyHidden>
  );
}

function sinceLastEvent(shown: ShownStream | null, now: number): string {
  const last = shown?.lastEventAt() ?? null;
  if (last === null) return "none yet";
  return now - last < 1_000 ? "just now" : `${formatSpan(now - last)} ago`;
}
