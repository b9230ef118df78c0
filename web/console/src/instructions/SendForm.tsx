import type { Problem } from "@freshet/client";
import { useCreateInstruction } from "@freshet/smartem";
import {
  Autocomplete,
  Button,
  Checkbox,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { sortFaults } from "../streams/faults";
import { ProblemNotice } from "../ui/ProblemNotice";
import { type Draft, faultsOf, newDraft, toInstruction } from "./draft";
import classes from "./Instructions.module.css";
import { knownTypes, priorities } from "./instruction";
import type { KnownSession, Liveness } from "./useInstructions";

/** Gives an agent an instruction. */
export function SendForm(props: {
  sessions: readonly KnownSession[];
  liveness: Liveness;
  /** Told after the server has taken one, of which type. */
  onSent: (type: string) => void;
}) {
  const { sessions, liveness } = props;
  const [draft, setDraft] = useState<Draft>(newDraft);
  const open = sessions.filter((session) => session.open);
  const chosen = sessions.find((session) => session.session_id === draft.session) ?? open[0];
  const send = useCreateInstruction(chosen?.session_id ?? "");
  const faults = faultsOf(draft);
  const refused = send.error && sortFaults(send.error, pointers, {});
  const blocked = blockedBy(chosen);
  const isReady = draft.type.trim() !== "" && Object.keys(faults).length === 0 && blocked === null;

  function change(part: Partial<Draft>) {
    send.reset();
    setDraft((before) => ({ ...before, ...part }));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady) return;
    const instruction = toInstruction(draft);
    send.mutate(instruction, { onSuccess: () => props.onSent(instruction.instruction_type) });
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Send an instruction">
      <Stack gap="sm">
        <Select
          label="Agent and session"
          placeholder="No session is open"
          allowDeselect={false}
          searchable={sessions.length > 8}
          data={sessions.map((session) => ({
            value: session.session_id,
            label: labelOf(session, liveness),
          }))}
          value={chosen?.session_id ?? null}
          error={blocked}
          onChange={(session) => change({ session })}
        />
        <Waiting agent={chosen?.agent_id} liveness={liveness} />
        <Autocomplete
          label="Type"
          placeholder={knownTypes[0]}
          autoComplete="off"
          spellCheck={false}
          data={[...knownTypes]}
          value={draft.type}
          error={refused?.fields.type}
          onChange={(type) => change({ type })}
        />
        <Textarea
          label="Payload"
          description="A JSON object; may be empty"
          placeholder='{"x": 12.5, "y": -3}'
          rows={6}
          resize="vertical"
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          value={draft.payload}
          error={faults.payload ?? refused?.fields.payload}
          onChange={(event) => change({ payload: event.currentTarget.value })}
        />
        <div className={classes["limits"]}>
          <Select
            label="Priority"
            allowDeselect={false}
            data={[...priorities]}
            value={draft.priority}
            error={refused?.fields.priority}
            onChange={(value) =>
              change({ priority: priorities.find((each) => each === value) ?? "normal" })
            }
          />
          <TextInput
            label="Expires in (min)"
            inputMode="decimal"
            disabled={draft.never}
            value={draft.never ? "" : draft.minutes}
            error={faults.minutes ?? refused?.fields.minutes}
            onChange={(event) => change({ minutes: event.currentTarget.value })}
          />
          <Checkbox
            className={classes["never"]}
            label="Never"
            checked={draft.never}
            onChange={(event) => change({ never: event.currentTarget.checked })}
          />
        </div>
        {refused?.rest && <ProblemNotice problem={refused.rest} title={titleOf(refused.rest)} />}
        <Button type="submit" loading={send.isPending} disabled={!isReady}>
          Send
        </Button>
      </Stack>
    </form>
  );
}

/** An agent that is away gets it when it is back. */
function Waiting(props: { agent: string | undefined; liveness: Liveness }) {
  const { agent, liveness } = props;
  if (agent === undefined || liveness.get(agent) === "online") return null;
  return (
    <Text size="sm" c="dimmed" role="status">
      {agent} is {liveness.get(agent) ?? "not heard of"}: the instruction stays pending until it
      connects, or expires.
    </Text>
  );
}

function blockedBy(session: KnownSession | undefined): string | null {
  if (session === undefined) return "Instructions need an open session of an agent";
  return session.open ? null : "This session is closed; it takes no more instructions";
}

function labelOf(session: KnownSession, liveness: Liveness): string {
  const state = session.open ? liveness.get(session.agent_id) : "closed";
  const name = session.name ?? session.session_id.slice(0, 8);
  return `${session.agent_id} · ${name}${state ? ` (${state})` : ""}`;
}

function titleOf({ status }: Problem): string {
  if (status === 403) return "You may not give this agent instructions";
  // Asking again could give it twice.
  if (status === 0) return "No answer: look at the list before you send it again";
  return "Not sent";
}

const pointers = {
  instruction_type: "type",
  payload: "payload",
  priority: "priority",
  expires_in_minutes: "minutes",
} as const;
