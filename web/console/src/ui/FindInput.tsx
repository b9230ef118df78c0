import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { SearchIcon } from "./icons";

/**
 * A field for what to look for. While somebody types, what they typed counts: a value that comes back
 * by way of the URL is late, and would move the caret.
 */
export function FindInput(props: {
  className?: string | undefined;
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { value } = props;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(value);
  }, [value]);
  return (
    <TextInput
      ref={input}
      className={props.className}
      aria-label={props.label}
      placeholder={props.placeholder}
      autoComplete="off"
      spellCheck={false}
      leftSection={<SearchIcon />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.onChange(event.currentTarget.value);
      }}
    />
  );
}
