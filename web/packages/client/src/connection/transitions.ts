import {
  backOff,
  catchUp,
  close,
  fail,
  finish,
  goOn,
  type Policy,
  pollOn,
  prove,
  provePages,
  reconnectFresh,
  renew,
  stay,
  toOpen,
  turnPage,
  waitDrained,
  wake,
} from "./moves";
import type { ConnectionState, Signal, SignalNamed, StateNamed } from "./state";

type StateName = ConnectionState["name"];
type SignalName = Signal["name"];
type Transition<S extends StateName, E extends SignalName> = (
  state: StateNamed<S>,
  signal: SignalNamed<E>,
  policy: Policy,
) => ConnectionState;

/** One transition for each signal in each state: the compiler sees to it that none is missing. */
type TransitionTable = {
  readonly [S in StateName]: { readonly [E in SignalName]: Transition<S, E> };
};

/** Nothing happens to what is over. */
const over = {
  opened: stay,
  caughtUp: stay,
  beat: stay,
  paged: stay,
  cut: stay,
  refused: stay,
  expired: stay,
  drained: stay,
  rejected: stay,
  finished: stay,
  due: stay,
  woken: stay,
  closed: stay,
} as const;

/** The connection as a table. Its test goes through every cell. */
const transitions: TransitionTable = {
  connecting: {
    opened: toOpen,
    caughtUp: stay,
    beat: stay,
    paged: stay,
    cut: backOff,
    refused: renew,
    expired: reconnectFresh,
    drained: waitDrained,
    rejected: fail,
    finished: finish,
    due: stay,
    woken: stay,
    closed: close,
  },
  open: {
    opened: stay,
    caughtUp: catchUp,
    beat: prove,
    paged: stay,
    cut: backOff,
    refused: stay,
    expired: reconnectFresh,
    drained: waitDrained,
    rejected: fail,
    finished: finish,
    due: stay,
    woken: stay,
    closed: close,
  },
  waiting: {
    opened: stay,
    caughtUp: stay,
    beat: stay,
    paged: stay,
    cut: stay,
    refused: stay,
    expired: stay,
    drained: stay,
    rejected: stay,
    finished: stay,
    due: goOn,
    woken: wake,
    closed: close,
  },
  polling: {
    opened: provePages,
    caughtUp: stay,
    beat: stay,
    paged: turnPage,
    cut: backOff,
    refused: renew,
    expired: renew,
    drained: waitDrained,
    rejected: fail,
    finished: finish,
    due: stay,
    woken: stay,
    closed: close,
  },
  probing: {
    opened: toOpen,
    caughtUp: stay,
    beat: stay,
    paged: stay,
    cut: pollOn,
    refused: renew,
    expired: pollOn,
    drained: pollOn,
    rejected: fail,
    finished: finish,
    due: stay,
    woken: stay,
    closed: close,
  },
  ended: over,
  failed: over,
};

/** The successor; the same object where the signal changes nothing. */
export function next(state: ConnectionState, signal: Signal, policy: Policy): ConnectionState {
  const transition = transitions[state.name][signal.name] as Transition<StateName, SignalName>;
  return transition(state as never, signal as never, policy);
}
