import { ActionIcon, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useSessionStore, useSignedIn } from "../session/SessionContext";
import { formatDuration, formatFull } from "../ui/format";
import { PersonIcon, SignOutIcon } from "../ui/icons";
import { useNow } from "../ui/useNow";
import classes from "./UserMenu.module.css";

/** Who is signed in and what they may do. */
export function UserMenu() {
  const store = useSessionStore();
  const { session } = useSignedIn();
  const leave = useMutation({ mutationFn: store.leave });
  return (
    <Menu width={300} position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon size={36} aria-label={`Session of ${session.subject}`}>
          <PersonIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <dl className={classes["facts"]}>
          <dt>Subject</dt>
          <dd>{session.subject}</dd>
          <dt>Tenant</dt>
          <dd>{session.tenant}</dd>
          <dt>May read</dt>
          <Patterns patterns={session.read} />
          <dt>May write</dt>
          <Patterns patterns={session.write} />
          <dt>Expires</dt>
          <dd>
            <Expiry at={new Date(session.expiresAt)} />
          </dd>
        </dl>
        <Menu.Divider />
        <Menu.Item
          leftSection={<SignOutIcon />}
          closeMenuOnClick={false}
          onClick={() => leave.mutate()}
        >
          {leave.isError ? "Signing out failed; try again" : "Sign out"}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Patterns(props: { patterns: readonly string[] }) {
  if (props.patterns.length === 0) return <dd>nothing</dd>;
  return (
    <dd>
      {props.patterns.map((pattern) => (
        <span className={classes["pattern"]} key={pattern}>
          {pattern}
        </span>
      ))}
    </dd>
  );
}

function Expiry(props: { at: Date }) {
  const left = props.at.getTime() - useNow();
  return (
    <time dateTime={props.at.toISOString()} title={formatFull(props.at)}>
      {left > 0 ? `in ${formatDuration(left)}` : "has expired"}
    </time>
  );
}
