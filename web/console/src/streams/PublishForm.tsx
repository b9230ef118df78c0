import { Problem, type Published, publish } from "@freshet/client";
import { Button, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useSignedIn } from "../session/SessionContext";
import { server } from "../session/session";
import { ProblemNotice } from "../ui/ProblemNotice";
import { type Draft, newKey, parseData } from "./draft";
import { sortFaults } from "./faults";

/** Publishes one event. */
export function PublishForm(props: { draft: Draft; onDraft: (draft: Draft) => void }) {
  const { draft, onDraft } = props;
  const { session } = useSignedIn();
  const data = parseData(draft.data);
  const send = useMutation({
    mutationFn: (event: { topic: string; type: string; data?: unknown }) =>
      publish(server, event, { idempotencyKey: draft.key }),
    // The next event is another one, even if it is the same.
    onSuccess: () => onDraft({ ...draft, key: newKey() }),
  });
  const faults = send.error instanceof Problem ? sortFaults(send.error, pointers, codes) : null;

  function change(change: Partial<Draft>) {
    send.reset();
    onDraft({ ...draft, ...change, key: newKey() });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (data.fault !== null) return;
    send.mutate({
      topic: draft.topic.trim(),
      type: draft.type.trim(),
      ...(data.value === undefined ? {} : { data: data.value }),
    });
  }

  const mayNot = session.write.length === 0;
  return (
    <form onSubmit={submit} noValidate aria-label="Publish an event">
      <Stack gap="sm">
        <TextInput
          label="Topic"
          placeholder="orders/7"
          autoComplete="off"
          spellCheck={false}
          value={draft.topic}
          error={faults?.fields.topic}
          onChange={(event) => change({ topic: event.currentTarget.value })}
        />
        <TextInput
          label="Type"
          placeholder="order.created"
          autoComplete="off"
          spellCheck={false}
          value={draft.type}
          error={faults?.fields.type}
          onChange={(event) => change({ type: event.currentTarget.value })}
        />
        <Textarea
          label="Data"
          description="JSON; may be empty"
          placeholder='{"total": 12}'
          rows={7}
          resize="vertical"
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          value={draft.data}
          error={data.fault ?? faults?.fields.data}
          onChange={(event) => change({ data: event.currentTarget.value })}
        />
        {faults?.rest && <ProblemNotice problem={faults.rest} title="Not published" />}
        <Button type="submit" loading={send.isPending} disabled={mayNot || data.fault !== null}>
          Publish
        </Button>
        <Outcome published={send.data} mayNot={mayNot} />
      </Stack>
    </form>
  );
}

/** Takes its place before there is anything to say. */
function Outcome(props: { published: Published | undefined; mayNot: boolean }) {
  const { published } = props;
  return (
    <Text size="sm" c="dimmed" role="status" mih="1.5em">
      {props.mayNot && "This session may not publish."}
      {published !== undefined && `Published at position ${published.position}.`}
    </Text>
  );
}

const pointers = { topic: "topic", type: "type", data: "data" } as const;

const codes = {
  invalid_topic: "topic",
  topic_ended: "topic",
  forbidden: "topic",
  invalid_type: "type",
  reserved_type: "type",
  malformed_json: "data",
  event_too_large: "data",
} as const;
