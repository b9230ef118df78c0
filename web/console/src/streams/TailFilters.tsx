import type { EventStream } from "@freshet/client";
import { Checkbox, TagsInput } from "@mantine/core";
import { useStatus } from "../connection/useStatus";
import { sortFaults } from "./faults";
import classes from "./StreamsPage.module.css";
import type { StreamsSearch } from "./search";
import type { TailFilter } from "./useTail";

/** What to follow. The server judges it; what it says stands at the field. */
export function TailFilters(props: {
  filter: TailFilter;
  stream: EventStream | null;
  onChange: (search: StreamsSearch) => void;
}) {
  const { topics, types, fromStart } = props.filter;
  const status = useStatus(props.stream);
  const faults =
    status?.name === "failed" ? sortFaults(status.problem, pointers, codes).fields : {};
  const search: StreamsSearch = {
    topic: topics,
    type: types,
    from: fromStart ? "start" : undefined,
  };
  return (
    <div className={classes["filters"]}>
      <TagsInput
        label="Topic patterns"
        placeholder={topics.length === 0 ? "** (all)" : "add…"}
        splitChars={[" "]}
        acceptValueOnBlur
        value={[...topics]}
        error={faults.topic}
        onChange={(topic) => props.onChange({ ...search, topic: some(topic) })}
      />
      <TagsInput
        label="Types"
        placeholder={types.length === 0 ? "all" : "add…"}
        splitChars={[" "]}
        acceptValueOnBlur
        value={[...types]}
        error={faults.type}
        onChange={(type) => props.onChange({ ...search, type: some(type) })}
      />
      <Checkbox
        className={classes["fromStart"]}
        label="From the oldest event kept"
        checked={fromStart}
        onChange={(event) =>
          props.onChange({ ...search, from: event.currentTarget.checked ? "start" : undefined })
        }
      />
    </div>
  );
}

function some(words: string[]): readonly string[] | undefined {
  return words.length === 0 ? undefined : words;
}

const pointers = { topic: "topic", type: "type" } as const;

const codes = {
  invalid_pattern: "topic",
  invalid_topic: "topic",
  too_many_topics: "topic",
  invalid_type: "type",
  reserved_type: "type",
} as const;
