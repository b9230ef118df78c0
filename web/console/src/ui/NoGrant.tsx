import { Code, Text, Title } from "@mantine/core";
import { useSignedIn } from "../session/SessionContext";
import { Centered } from "./Centered";

/** The grant of administrators. */
export const administration = "$freshet/**";

/** Says which grant a page needs that the session lacks. */
export function NoGrant(props: { what: string }) {
  const { session } = useSignedIn();
  return (
    <Centered>
      <Title order={2} size="h4">
        {props.what} is for administrators
      </Title>
      <Text c="dimmed" maw="36rem">
        It needs a token that may read <Code>{administration}</Code>. This session, of{" "}
        {session.subject}, may read {session.read.join(", ") || "nothing"}.
      </Text>
    </Centered>
  );
}
