import { getAgentModels, type Model, useAgentExecution } from "@freshet/agents";
import type { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import {
  Button,
  CloseButton,
  FileButton,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { formatBytes } from "../ui/format";
import { ProblemNotice } from "../ui/ProblemNotice";
import {
  type Attached,
  type Draft,
  faultsOf,
  isReady,
  newDraft,
  readAttached,
  toRequest,
  withFile,
} from "./draft";
import { examples } from "./examples";
import classes from "./Runs.module.css";

/** Gives the server's agent a task, and goes to the run. */
export function StartForm() {
  const navigate = useNavigate();
  const models = useModels();
  const { startExecution, error } = useAgentExecution();
  const [draft, setDraft] = useState<Draft>(newDraft);
  const [starting, setStarting] = useState(false);
  const [unread, setUnread] = useState<readonly string[]>([]);
  const greatest = models?.limits ?? null;
  const faults = faultsOf(draft, greatest);
  const all = models?.models ?? [];
  const chosen = all.find(({ name }) => name === draft.model) ?? all[0];

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  async function attach(chosen: readonly File[]) {
    const read = await Promise.allSettled(chosen.map(readAttached));
    setUnread(read.flatMap((each) => (each.status === "rejected" ? [messageOf(each.reason)] : [])));
    setDraft((before) => ({
      ...before,
      files: read.reduce<readonly Attached[]>(
        (files, each) => (each.status === "fulfilled" ? withFile(files, each.value) : files),
        before.files,
      ),
    }));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady(draft, greatest)) return;
    setStarting(true);
    const run = await startExecution(toRequest(draft));
    setStarting(false);
    if (run === undefined) return;
    const { executionId } = run;
    void navigate({ to: "/console/runs/$executionId", params: { executionId } });
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Start an agent">
      <Stack gap="sm">
        <Textarea
          label="Task"
          description="What the agent is to do, in your words"
          rows={4}
          resize="vertical"
          data-autofocus
          value={draft.task}
          onChange={(event) => change({ task: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
          }}
        />
        {chosen?.scripted === true && (
          <div className={classes["examples"]}>
            <Text size="xs" c="dimmed">
              It can do these:
            </Text>
            {examples.map(({ label, task, files = [] }) => (
              <Button
                key={label}
                size="compact-xs"
                variant="default"
                onClick={() => change({ task, files })}
              >
                {label}
              </Button>
            ))}
          </div>
        )}
        <NativeSelect
          label="Model"
          description={
            chosen?.scripted === true
              ? "No model thinks here: a script is played, with real tools"
              : "Which model thinks"
          }
          data={all.map((model) => ({ value: model.name, label: labelOf(model) }))}
          value={chosen?.name ?? ""}
          disabled={all.length === 0}
          onChange={(event) => change({ model: event.currentTarget.value })}
        />
        <Files
          files={draft.files}
          unread={unread}
          onAdd={(files) => void attach(files)}
          onRemove={(path) => change({ files: draft.files.filter((file) => file.path !== path) })}
        />
        <details className={classes["more"]}>
          <summary>Context and limits</summary>
          <Stack gap="sm">
            <Textarea
              label="Context"
              description="What the agent should know beside its task; may be empty"
              rows={3}
              resize="vertical"
              value={draft.text}
              onChange={(event) => change({ text: event.currentTarget.value })}
            />
            <div className={classes["limits"]}>
              {limitFields.map(([name, label]) => (
                <TextInput
                  key={name}
                  label={label}
                  inputMode="decimal"
                  autoComplete="off"
                  placeholder={placeholderOf(greatest?.[name])}
                  value={draft.limits[name]}
                  error={faults[name]}
                  onChange={(event) =>
                    change({ limits: { ...draft.limits, [name]: event.currentTarget.value } })
                  }
                />
              ))}
            </div>
          </Stack>
        </details>
        {error !== undefined && !starting && (
          <ProblemNotice problem={error} title={refusalOf(error)} />
        )}
        <Button type="submit" loading={starting} disabled={!isReady(draft, greatest)}>
          Start
        </Button>
      </Stack>
    </form>
  );
}

function Files(props: {
  files: readonly Attached[];
  /** Why files were not taken. */
  unread: readonly string[];
  onAdd: (files: readonly File[]) => void;
  onRemove: (path: string) => void;
}) {
  return (
    <Stack gap={6}>
      <FileButton multiple onChange={props.onAdd} inputProps={{ "aria-label": "Files" }}>
        {(button) => (
          <Button {...button} size="xs" variant="default" style={{ alignSelf: "start" }}>
            Add files…
          </Button>
        )}
      </FileButton>
      {props.files.length > 0 && (
        <ul className={classes["attached"]} aria-label="Files for the agent">
          {props.files.map(({ path, content }) => (
            <li key={path}>
              {path}
              <span className={classes["bytes"]}>
                {formatBytes(new TextEncoder().encode(content).length)}
              </span>
              <CloseButton
                size="sm"
                aria-label={`Remove ${path}`}
                onClick={() => props.onRemove(path)}
              />
            </li>
          ))}
        </ul>
      )}
      {props.unread.map((why) => (
        <Text key={why} size="sm" c="red" role="alert">
          {why}
        </Text>
      ))}
    </Stack>
  );
}

const limitFields = [
  ["iterations", "Iterations"],
  ["seconds", "Seconds"],
  ["tokens", "Tokens"],
  ["cost", "Dollars"],
] as const;

function placeholderOf(greatest: number | null | undefined): string {
  return greatest === null || greatest === undefined ? "no limit" : String(greatest);
}

function labelOf({ name, provider, scripted }: Model): string {
  return scripted ? `${name} (scripted: no model)` : `${name} (${provider})`;
}

function useModels() {
  const server = useServer();
  const { data } = useQuery({
    queryKey: ["agent-models"],
    queryFn: ({ signal }) => getAgentModels(server, { signal }),
    staleTime: 60_000,
  });
  return data;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refusalOf({ status }: Problem): string {
  if (status === 403) return "You may not start agents";
  return status === 0 ? "No answer: start it again, it runs once" : "The agent was not started";
}
