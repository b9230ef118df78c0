import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Rows } from "../rows/RowBuffer";
import { copyText } from "../ui/clipboard";
import { formatCount } from "../ui/format";
import { saveFile } from "../ui/saveFile";
import { exportLog, fileName, formats, type LogFormat } from "./exportLog";
import classes from "./LogViewer.module.css";
import type { LogLine } from "./line";

/** Copies lines as text, and says whether that went well. */
export function useCopyLines() {
  return useMutation({
    mutationFn: async (lines: Rows<LogLine>) => {
      await copyText((await exportLog(lines, "text")).join(""));
      return lines.length;
    },
  });
}

/** What can be done with all that the filter shows. */
export function LogActions(props: {
  lines: Rows<LogLine>;
  copying: ReturnType<typeof useCopyLines>;
}) {
  const { lines, copying } = props;
  const save = useMutation({
    mutationFn: async (format: LogFormat) => {
      const parts = await exportLog(lines, format);
      saveFile(fileName(format, new Date()), formats[format].type, parts);
    },
  });
  return (
    <>
      <span className={classes["outcome"]} role="status">
        {copying.isSuccess &&
          `${formatCount(copying.data)} ${copying.data === 1 ? "line" : "lines"} copied`}
        {copying.isError && `Not copied: ${copying.error.message}`}
      </span>
      <Button
        size="xs"
        variant="default"
        disabled={lines.length === 0}
        loading={copying.isPending}
        onClick={() => copying.mutate(lines)}
      >
        Copy all
      </Button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={lines.length === 0}
            loading={save.isPending}
          >
            Download…
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(["text", "json"] as const).map((format) => (
            <Menu.Item key={format} onClick={() => save.mutate(format)}>
              {formats[format].label} (.{formats[format].extension})
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
