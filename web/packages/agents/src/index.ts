export * from "./core";
export { AgentStoreProvider, useAgentStore, useAgentStoreApi } from "./react/store";
export {
  type UseAgentExecutionOptions,
  type UsedAgentExecution,
  useAgentExecution,
} from "./react/use-agent-execution";
export { type UseAgentSSEOptions, type UsedAgentSSE, useAgentSSE } from "./react/use-agent-sse";
