import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";

const HOME = new URL("../../../../../conformance/", import.meta.url);

export interface FramesCase {
  readonly id: string;
  readonly clause: readonly string[];
  readonly about: string;
  readonly input?: string;
  readonly base64?: string;
  readonly frames: readonly {
    readonly id?: string;
    readonly type: string;
    readonly data: string;
  }[];
  readonly retry?: number;
}

export interface StreamsCase {
  readonly id: string;
  readonly clause: readonly string[];
  readonly about: string;
  readonly requires?: readonly string[];
  readonly chunks?: readonly number[];
  readonly client?: ClientOptions;
  readonly exchanges: readonly Exchange[];
  readonly observe: readonly Observation[];
  readonly finally?: Final;
  readonly settleMs?: number;
  readonly timeoutMs?: number;
}

export interface ClientOptions {
  readonly topics?: readonly string[];
  readonly types?: readonly string[];
  readonly after?: string;
  readonly tokens?: readonly string[];
  readonly retryMs?: number;
  readonly retryCapMs?: number;
  readonly heartbeatMs?: number;
  readonly maxFrameBytes?: number;
  readonly polling?: {
    readonly afterFailures: number;
    readonly waitSeconds: number;
    readonly streamAgainMs: number;
  };
}

export type Expected = string | readonly string[] | null;

export interface Exchange {
  readonly expect?: {
    readonly method?: string;
    readonly path?: string;
    readonly query?: Readonly<Record<string, Expected>>;
    readonly headers?: Readonly<Record<string, Expected>>;
    readonly notBeforeMs?: number;
  };
  readonly reply: Reply;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: readonly Step[];
  readonly json?: unknown;
  readonly problem?: Readonly<Record<string, unknown>>;
  readonly drop?: boolean;
}

export type Step =
  | "close"
  | "reset"
  | "hold"
  | {
      readonly write?: string;
      readonly base64?: string;
      readonly times?: number;
      readonly chunk?: number;
      readonly frame?: { readonly event?: string; readonly id?: string; readonly data: unknown };
      readonly seen?: number;
      readonly received?: number;
      readonly pause?: number;
    };

export type Observation = Readonly<Record<string, unknown>>;

export interface Final {
  readonly position?: string | null;
  readonly states?: Readonly<Record<string, { readonly version: number; readonly value: unknown }>>;
}

const KEYS = {
  frames: "id clause about input base64 frames retry",
  streams: "id clause about requires chunks client exchanges observe finally settleMs timeoutMs",
  client: "topics types after tokens retryMs retryCapMs heartbeatMs maxFrameBytes polling",
  exchange: "expect reply",
  expect: "method path query headers notBeforeMs",
  reply: "status headers body json problem drop",
  step: "write base64 times chunk frame seen received pause",
  frame: "event id data",
  finally: "position states",
};

export function framesCases(): FramesCase[] {
  const cases = read<FramesCase>("frames");
  for (const one of cases) checkKeys(one.id, "frames", one);
  return cases;
}

export function streamsCases(): StreamsCase[] {
  const cases = read<StreamsCase>("streams");
  for (const one of cases) {
    checkKeys(one.id, "streams", one);
    checkKeys(one.id, "client", one.client);
    checkKeys(one.id, "finally", one.finally);
    for (const exchange of one.exchanges) checkExchange(one.id, exchange);
  }
  return cases;
}

function checkExchange(id: string, exchange: Exchange): void {
  checkKeys(id, "exchange", exchange);
  checkKeys(id, "expect", exchange.expect);
  checkKeys(id, "reply", exchange.reply);
  for (const step of exchange.reply.body ?? []) {
    if (typeof step === "string") continue;
    checkKeys(id, "step", step);
    checkKeys(id, "frame", step.frame);
  }
}

function read<Case>(directory: string): Case[] {
  const home = new URL(`${directory}/`, HOME);
  return readdirSync(home)
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) => {
      const file = parse(readFileSync(new URL(name, home), "utf8"), { maxAliasCount: -1 });
      return file.cases as Case[];
    });
}

/** A misspelt expectation must not pass for a fulfilled one. */
function checkKeys(id: string, kind: keyof typeof KEYS, value: object | undefined): void {
  const unknown = Object.keys(value ?? {}).filter((key) => !KEYS[kind].split(" ").includes(key));
  if (unknown.length > 0)
    throw new Error(`case ${id}: '${kind}' has no key '${unknown.join("', '")}'`);
}
