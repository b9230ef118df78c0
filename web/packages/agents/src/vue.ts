export * from "./core";
export { AGENT_STORE, useAgentStore, useAgentStoreApi } from "./vue/store";
export {
  type UseAgentExecutionOptions,
  type UsedAgentExecution,
  useAgentExecution,
} from "./vue/use-agent-execution";
export { type UseAgentSSEOptions, type UsedAgentSSE, useAgentSSE } from "./vue/use-agent-sse";
