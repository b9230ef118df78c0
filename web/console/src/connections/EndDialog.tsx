import { Problem } from "@freshet/client";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { server } from "../session/session";
import { ProblemNotice } from "../ui/ProblemNotice";
import { type Connection, endConnection } from "./connection";
import { connectionsKey } from "./useConnections";

/** Asks before a stream is ended. */
export function EndDialog(props: {
  connection: Connection;
  onClose: () => void;
  /** Told after the server has ended it. */
  onEnded: (connection: Connection) => void;
}) {
  const { connection, onClose, onEnded } = props;
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => endConnection(server, connection.id),
    onSuccess: async () => {
      onEnded(connection);
      await queries.invalidateQueries({ queryKey: connectionsKey });
    },
  });
  return (
    <Modal opened onClose={onClose} title="End this stream?">
      <Stack gap="sm">
        <Text size="sm">
          {connection.subject} at {connection.remoteAddress} follows {connection.topics.join(", ")}.
        </Text>
        <Text size="sm" c="dimmed">
          The client is told that an administrator closed it, and does not come back by itself. To
          keep somebody away, revoke the token.
        </Text>
        {end.error instanceof Problem && <ProblemNotice problem={end.error} title="Not ended" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Leave it open
          </Button>
          <Button color="red" loading={end.isPending} onClick={() => end.mutate()}>
            End stream
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
