import { readFile } from "@freshet/agents";
import { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { Button, Modal, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Notice } from "../ui/Notice";
import { ProblemNotice } from "../ui/ProblemNotice";
import { saveBlob } from "../ui/saveFile";
import { TextView } from "../ui/TextView";
import classes from "./Runs.module.css";

/**
 * A file that a run made, as text, whatever it is: a page of it would be as good as the agent that
 * wrote it.
 */
export function FileView(props: {
  executionId: string;
  /** Null: none. */
  path: string | null;
  onClose: () => void;
}) {
  const { path } = props;
  return (
    <Modal opened={path !== null} onClose={props.onClose} title={path} size="xl">
      {path !== null && <Content executionId={props.executionId} path={path} />}
    </Modal>
  );
}

function Content({ executionId, path }: { executionId: string; path: string }) {
  const server = useServer();
  const { data, error } = useQuery({
    queryKey: ["run", executionId, "file", path],
    queryFn: async ({ signal }) => {
      const blob = await readFile(server, executionId, path, { signal });
      return { blob, text: textOf(await blob.arrayBuffer()) };
    },
    retry: false,
    gcTime: 0,
  });
  if (error !== null) {
    const problem =
      error instanceof Problem ? error : new Problem({ code: "failed", title: "Failed" });
    return <ProblemNotice problem={problem} title="The file cannot be shown" />;
  }
  if (data === undefined)
    return <Skeleton height={200} role="status" aria-label="Loading the file" />;
  return (
    <Stack gap="sm">
      {data.text === null ? (
        <Notice tone="warn" title="This is no text">
          Download it to look at it with a program of your own.
        </Notice>
      ) : (
        <TextView label={`Content of ${path}`} text={data.text} />
      )}
      <div className={classes["buttons"]}>
        <Button
          variant="default"
          onClick={() => saveBlob(path.split("/").at(-1) ?? path, data.blob)}
        >
          Download
        </Button>
      </div>
    </Stack>
  );
}

/** Null for what is no text. */
function textOf(bytes: ArrayBuffer): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
