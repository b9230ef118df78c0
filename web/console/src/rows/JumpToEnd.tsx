import { Button } from "@mantine/core";
import { formatCount } from "../ui/format";
import { DownIcon } from "../ui/icons";
import classes from "./rows.module.css";

/** Over a list whose end the reader has left. */
export function JumpToEnd(props: { waiting: number; onClick: () => void }) {
  const { waiting } = props;
  return (
    <Button
      className={classes["jump"]}
      size="xs"
      radius="xl"
      leftSection={<DownIcon />}
      onClick={props.onClick}
    >
      {waiting === 0 ? "Latest" : `${formatCount(waiting)} new`}
    </Button>
  );
}
