import type { FrontendRequest } from "@freshet/smartem";
import { Button, Modal, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { FreshnessStrip } from "../connection/FreshnessStrip";
import { isCurrent, useStatus } from "../connection/useStatus";
import { Centered } from "../ui/Centered";
import { Choices } from "../ui/Choices";
import { ProblemNotice } from "../ui/ProblemNotice";
import classes from "./Instructions.module.css";
import { InstructionTable } from "./InstructionTable";
import { type Instruction, type State, stateLabels, stateOf, states } from "./instruction";
import { SendForm } from "./SendForm";
import { type Liveness, useInstructions } from "./useInstructions";

/** The instructions of an acquisition's sessions, or of agents, as a part of a page. */
export function InstructionsPanel(props: {
  acquisitionUuid?: string | undefined;
  /** Without an acquisition: whose. None: all. */
  agents?: readonly { readonly id: string }[];
  /** The page's own, so that its stream is shared; it has to ask for instructions, too. */
  request?: FrontendRequest;
}) {
  const agents = props.agents?.map(({ id }) => id) ?? [];
  const followed = useInstructions(props.acquisitionUuid, agents, props.request);
  return <InstructionsView followed={followed} within={props.request !== undefined} />;
}

/** Instructions, live; and a form to send one. */
export function InstructionsView(props: {
  followed: ReturnType<typeof useInstructions>;
  /** In a page that says itself whether its stream is live. */
  within?: boolean;
}) {
  const { stream, reopen, sessions, liveness, instructions, problem } = props.followed;
  const current = isCurrent(useStatus(stream));
  const [chosen, setChosen] = useState<readonly State[]>([]);
  const [sending, dialog] = useDisclosure(false);
  const [sent, setSent] = useState("");

  return (
    <section className={classes["panel"]} aria-label="Instructions">
      {!props.within && <FreshnessStrip stream={stream} current={current} reopen={reopen} />}
      <div className={classes["bar"]}>
        <Choices
          label="States"
          choices={choicesOf(instructions ?? [], chosen)}
          chosen={chosen}
          onChange={setChosen}
        />
        <span className={classes["sent"]} role="status">
          {sent}
        </span>
        <Button size="xs" onClick={dialog.open}>
          Send instruction…
        </Button>
      </div>
      {problem !== null && (
        <ProblemNotice problem={problem} title="Not all instructions can be shown" />
      )}
      <List
        instructions={instructions}
        chosen={chosen}
        liveness={liveness}
        hasSessions={sessions.length > 0}
        onClear={() => setChosen([])}
      />
      <Modal opened={sending} onClose={dialog.close} title="Send an instruction">
        <SendForm
          sessions={sessions}
          liveness={liveness}
          onSent={(type) => {
            dialog.close();
            setSent(`The server has taken ${type}.`);
          }}
        />
      </Modal>
    </section>
  );
}

function choicesOf(instructions: readonly Instruction[], chosen: readonly State[]) {
  const counts = new Map<State, number>();
  for (const instruction of instructions) {
    const state = stateOf(instruction);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return states
    .filter((state) => counts.has(state) || chosen.includes(state))
    .map((state) => ({ value: state, label: stateLabels[state], count: counts.get(state) ?? 0 }));
}

function List(props: {
  instructions: readonly Instruction[] | null;
  chosen: readonly State[];
  liveness: Liveness;
  hasSessions: boolean;
  onClear: () => void;
}) {
  const { instructions, chosen } = props;
  if (instructions === null) {
    return (
      <Stack gap={8} role="status" aria-label="Loading instructions">
        <Skeleton height={56} />
        <Skeleton height={56} />
      </Stack>
    );
  }
  if (instructions.length === 0) return <None hasSessions={props.hasSessions} />;
  const picked = instructions.filter(
    (instruction) => chosen.length === 0 || chosen.includes(stateOf(instruction)),
  );
  if (picked.length === 0) {
    return (
      <Centered>
        <Title order={3} size="h4">
          No instruction is in this state
        </Title>
        <Button variant="default" onClick={props.onClear}>
          Show all
        </Button>
      </Centered>
    );
  }
  return <InstructionTable instructions={picked} liveness={props.liveness} />;
}

function None(props: { hasSessions: boolean }) {
  return (
    <Centered>
      <Title order={3} size="h4">
        No instructions yet
      </Title>
      <Text c="dimmed">
        {props.hasSessions
          ? "What is sent to an agent is listed here, with what came of it."
          : "No agent has a session open here that this session may see."}
      </Text>
    </Centered>
  );
}
