import type { AgentLog } from "@freshet/smartem";

/** The least of them first. */
export const levels = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL", "OTHER"] as const;
export type Level = (typeof levels)[number];

/** One line as the viewer has it. */
export interface LogLine {
  /** Counts the lines of this viewer, from 1. */
  readonly number: number;
  readonly level: Level;
  /** The message as it is shown, searched and copied. */
  readonly text: string;
  /** As it came. */
  readonly log: AgentLog;
  /** Lines may be missing before it. */
  readonly gap: boolean;
}

const names: Readonly<Record<string, Level>> = {
  TRACE: "DEBUG",
  VERBOSE: "DEBUG",
  NOTICE: "INFO",
  WARN: "WARNING",
  ERR: "ERROR",
  SEVERE: "ERROR",
  FATAL: "CRITICAL",
  ALERT: "CRITICAL",
  EMERGENCY: "CRITICAL",
};

/** Which of the known levels an agent means. */
export function levelOf(written: string): Level {
  const name = written.trim().toUpperCase();
  return levels.find((level) => level === name) ?? names[name] ?? "OTHER";
}
