export * from "./api";
export { type CommandState, type Commands, commandsOf } from "./commands";
export * from "./events";
export * from "./execution";
export { reduce, reduceAll } from "./reducer";
export * from "./reference";
export { createPlayer, type Playback, type Player, type PlayerOptions } from "./replay/player";
export { type RecordingOptions, readRecording } from "./replay/recording";
export { type Replay, replayAt, replayOf } from "./replay/replay";
export {
  type AgentRun,
  type AgentState,
  type AgentStore,
  type AgentStoreOptions,
  agentStoreOf,
  createAgentStore,
  type Idle,
} from "./store";
export { type ExecutionRequest, type ExecutionStream, executionSource } from "./stream";
