import { type Execution, setViewers, useAgentStoreApi } from "@freshet/agents";
import { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { Button, Modal, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { copyText } from "../ui/clipboard";
import { ProblemNotice } from "../ui/ProblemNotice";
import classes from "./Runs.module.css";

/** Who may watch a run, and the link to it. */
export function ShareDialog(props: {
  run: Execution;
  mayChange: boolean;
  opened: boolean;
  onClose: () => void;
}) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Share this run">
      <Stack gap="md">
        {props.mayChange ? (
          <Viewers key={props.run.viewers.join("\n")} run={props.run} />
        ) : (
          <Text size="sm">
            Only {props.run.owner} says who may watch: {namesOf(props.run)}.
          </Text>
        )}
        <LinkField executionId={props.run.executionId} />
      </Stack>
    </Modal>
  );
}

function namesOf({ owner, viewers }: Execution): string {
  return [owner, ...viewers].join(", ");
}

function Viewers({ run }: { run: Execution }) {
  const server = useServer();
  const store = useAgentStoreApi();
  const [viewers, setNames] = useState<string[]>([...run.viewers]);
  const save = useMutation<Execution, unknown, readonly string[]>({
    mutationFn: (names) => setViewers(server, run.executionId, names),
    onSuccess: (answer) => store.adopt(answer),
  });
  const changed = viewers.join("\n") !== run.viewers.join("\n");
  return (
    <Stack gap="xs">
      <TagsInput
        label="Who may watch"
        description="Subjects of sessions, such as ann; they may not change anything"
        placeholder={viewers.length === 0 ? "nobody else yet" : "add…"}
        splitChars={[",", " "]}
        acceptValueOnBlur
        data-autofocus
        value={viewers}
        onChange={(names) => {
          save.reset();
          setNames(names);
        }}
      />
      {save.error instanceof Problem && (
        <ProblemNotice problem={save.error} title="The viewers were not changed" />
      )}
      <div className={classes["buttons"]}>
        <Button disabled={!changed} loading={save.isPending} onClick={() => save.mutate(viewers)}>
          Save
        </Button>
      </div>
    </Stack>
  );
}

/** Opens nothing for whom the run is not shared with. */
function LinkField({ executionId }: { executionId: string }) {
  const link = `${location.origin}/console/runs/${encodeURIComponent(executionId)}`;
  const copying = useMutation({ mutationFn: () => copyText(link) });
  return (
    <Stack gap="xs">
      <TextInput
        label="Link"
        description="Opens the run for those who may watch it; for others there is none"
        readOnly
        value={link}
        error={copying.isError ? "The browser does not let this page copy: copy it here" : null}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div className={classes["buttons"]}>
        <Button variant="default" onClick={() => copying.mutate()}>
          {copying.isSuccess ? "Copied" : "Copy link"}
        </Button>
      </div>
    </Stack>
  );
}
