import { Problem, type TaskDetail } from "@freshet/client";
import { useServer } from "@freshet/react";
import { Button, Checkbox, PasswordInput, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { newKey } from "../streams/draft";
import { sortFaults } from "../streams/faults";
import { ProblemNotice } from "../ui/ProblemNotice";
import { type Draft, faultsOf, isReady, newDraft, toTask } from "./draft";
import { createTask } from "./requests";
import classes from "./Tasks.module.css";

/** Has the server fetch files, and goes to the task that does it. */
export function TransferForm() {
  const server = useServer();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(newDraft);
  const create = useMutation<TaskDetail, unknown, Draft>({
    mutationFn: (draft) => createTask(server, toTask(draft), draft.key),
    onSuccess: ({ id }) => void navigate({ to: "/console/tasks/$taskId", params: { taskId: id } }),
  });
  const faults = faultsOf(draft);
  const refused = create.error instanceof Problem ? sortFaults(create.error, pointers, {}) : null;

  function change(part: Partial<Draft>) {
    create.reset();
    setDraft((before) => ({ ...before, ...part, key: newKey() }));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady(draft)) create.mutate(draft);
  }

  const text = (field: "name" | "root" | "directory" | "bandwidth") => ({
    autoComplete: "off",
    spellCheck: false,
    value: draft[field],
    error: faults[field] ?? refused?.fields[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  });

  return (
    <form onSubmit={submit} noValidate aria-label="Fetch files" className={classes["form"]}>
      <Stack gap="sm">
        <Textarea
          label="Sources"
          description="One URL a line; after it, where it is known, the file's SHA-256"
          placeholder="https://example.org/atlas.mrc"
          rows={5}
          resize="vertical"
          spellCheck={false}
          data-autofocus
          value={draft.sources}
          error={faults.sources ?? refused?.fields.sources}
          onChange={(event) => change({ sources: event.currentTarget.value })}
        />
        <TextInput label="Name" description="May be empty" {...text("name")} />
        <div className={classes["pair"]}>
          <TextInput
            label="Directory"
            description="Below the tenant's own"
            placeholder="grids/7"
            {...text("directory")}
          />
          <TextInput label="Root" description="If the server has several" {...text("root")} />
        </div>
        <div className={classes["pair"]}>
          <PasswordInput
            label="Authorization"
            description="Header, for the sources' origin only"
            placeholder="Bearer …"
            autoComplete="off"
            value={draft.authorization}
            error={refused?.fields.authorization}
            onChange={(event) => change({ authorization: event.currentTarget.value })}
          />
          <TextInput
            label="Bandwidth"
            description="MiB a second; empty: no bound"
            inputMode="decimal"
            {...text("bandwidth")}
          />
        </div>
        <Checkbox
          label="Replace files that are there already"
          checked={draft.overwrite}
          onChange={(event) => change({ overwrite: event.currentTarget.checked })}
        />
        {refused?.rest && <ProblemNotice problem={refused.rest} title={titleOf(refused.rest)} />}
        <Button type="submit" loading={create.isPending} disabled={!isReady(draft)}>
          Fetch
        </Button>
      </Stack>
    </form>
  );
}

function titleOf({ status }: Problem): string {
  if (status === 403) return "You may not make tasks";
  return status === 0 ? "No answer: send it again, it is made once" : "The task was not made";
}

const pointers = {
  name: "name",
  authorization: "authorization",
  sources: "sources",
  root: "root",
  directory: "directory",
  bandwidth: "bandwidth",
  overwrite: "overwrite",
} as const;
