// biome-ignore-all lint/a11y/noRedundantRoles: a browser forgets the roles of a table laid out as a grid
import type { AgentStatus } from "@freshet/smartem";
import { UnstyledButton } from "@mantine/core";
import { Fragment, useId, useState } from "react";
import { type Column, DataTable, Minor, RowError } from "../ui/DataTable";
import { formatCount, formatFull, formatSpan, parseTime } from "../ui/format";
import { ChevronIcon } from "../ui/icons";
import { JsonView } from "../ui/JsonView";
import { useNow } from "../ui/useNow";
import classes from "./Instructions.module.css";
import { type Instruction, stateOf } from "./instruction";
import { Lifecycle } from "./Lifecycle";
import type { Liveness } from "./useInstructions";

/** Where a row becomes a card. */
const cardsBelow = 940;

/** The instructions that agents were given, newest first. */
export function InstructionTable(props: {
  instructions: readonly Instruction[];
  liveness: Liveness;
}) {
  const [opened, setOpened] = useState<string | null>(null);
  const toggle = (id: string) => setOpened((before) => (before === id ? null : id));
  return (
    <DataTable
      label="Instructions"
      columns={columns}
      rows={props.instructions}
      keyOf={(instruction) => instruction.instruction_id}
      cardsBelow={cardsBelow}
    >
      {(instruction) => (
        <Row
          instruction={instruction}
          agent={props.liveness.get(instruction.agent_id)}
          opened={opened === instruction.instruction_id}
          onToggle={() => toggle(instruction.instruction_id)}
        />
      )}
    </DataTable>
  );
}

const columns: readonly Column[] = [
  ["Instruction"],
  ["Priority", classes["priorityColumn"]],
  ["Lifecycle", classes["stepsColumn"]],
  ["Took", classes["tookColumn"]],
];

function Row(props: {
  instruction: Instruction;
  agent: AgentStatus["status"] | undefined;
  opened: boolean;
  onToggle: () => void;
}) {
  const { instruction, opened } = props;
  const id = useId();
  return (
    <Fragment>
      <tr role="row" data-state={stateOf(instruction)}>
        <td role="cell">
          <UnstyledButton
            className={classes["type"]}
            aria-expanded={opened}
            aria-controls={opened ? id : undefined}
            onClick={props.onToggle}
          >
            <span className={classes["chevron"]}>
              <ChevronIcon />
            </span>
            <span className={classes["typeName"]}>
              <Breakable text={instruction.instruction_type} />
            </span>
          </UnstyledButton>
          <Minor className={classes["agent"]}>{instruction.agent_id}</Minor>
        </td>
        <td role="cell" className={classes["priorityCell"]} data-priority={instruction.priority}>
          {instruction.priority}
        </td>
        <td role="cell" className={classes["stepsCell"]}>
          <Lifecycle instruction={instruction} />
          <Note instruction={instruction} agent={props.agent} />
        </td>
        <td role="cell" className={classes["tookCell"]}>
          {took(instruction)}
        </td>
      </tr>
      {opened && (
        <tr role="row" id={id} className={classes["detailRow"]}>
          <td role="cell" colSpan={4}>
            <Detail instruction={instruction} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** A name that may be broken behind its dots and underscores. */
function Breakable(props: { text: string }) {
  const parts = props.text.split(/(?<=[._])/);
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name, in their order
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

/** What the steps do not say: why it failed, what it waits for, how long it may. */
function Note(props: { instruction: Instruction; agent: AgentStatus["status"] | undefined }) {
  const { instruction, agent } = props;
  const { error_message: error, expires_at } = instruction;
  const expiry = parseTime(expires_at);
  const now = useNow();
  if (error !== null) return <RowError>{error}</RowError>;
  const state = stateOf(instruction);
  if (state !== "pending" && state !== "sent") return null;
  const left = expiry === null ? 0 : expiry.getTime() - now;
  const parts = [
    state === "pending" && agent && agent !== "online" && `agent is ${agent}`,
    expiry === null ? "never expires" : left > 0 && `expires in ${formatSpan(left)}`,
  ].filter(Boolean);
  return parts.length === 0 ? null : <Minor>{parts.join(", ")}</Minor>;
}

function took({ processing_time_ms: ms }: Instruction): string {
  if (ms === null) return "–";
  return ms < 10_000 ? `${formatCount(ms)} ms` : formatSpan(ms);
}

function Detail({ instruction }: { instruction: Instruction }) {
  const { payload, result, error_message, metadata, expires_at } = instruction;
  const expiry = parseTime(expires_at);
  return (
    <div className={classes["detail"]}>
      <dl className={classes["facts"]}>
        <Fact name="Id">{instruction.instruction_id}</Fact>
        <Fact name="Session">{instruction.session_id}</Fact>
        {instruction.sequence_number !== null && (
          <Fact name="Sequence">{instruction.sequence_number}</Fact>
        )}
        <Fact name="Expires">{expiry === null ? "never" : formatFull(expiry)}</Fact>
        <Fact name="Acknowledgements">{instruction.acknowledgements_count}</Fact>
        {instruction.processing_time_ms !== null && (
          <Fact name="Processing">{formatCount(instruction.processing_time_ms)} ms</Fact>
        )}
        {error_message !== null && <Fact name="Error">{error_message}</Fact>}
        {result !== null && <Fact name="Result">{result}</Fact>}
      </dl>
      <Json title="Payload" value={payload} />
      {isSomething(metadata) && <Json title="Metadata" value={metadata} />}
    </div>
  );
}

function Fact(props: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function Json(props: { title: string; value: unknown }) {
  return (
    <figure className={classes["json"]}>
      <figcaption>{props.title}</figcaption>
      <JsonView json={JSON.stringify(props.value ?? null)} />
    </figure>
  );
}

function isSomething(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}
