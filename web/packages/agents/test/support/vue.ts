import type { Server } from "@freshet/client";
import { createFreshet } from "@freshet/vue";
import { onTestFinished } from "vitest";
import { createApp, effectScope } from "vue";
import { AGENT_STORE, type AgentStore } from "../../src/vue";

/** Composables in use, outside of any component; answers them and what ends their use. */
export function composing({ url, token }: Server, store?: AgentStore) {
  const app = createApp({ render: () => null });
  app.use(createFreshet({ server: { url, token }, lingerMs: 0 }));
  if (store) app.provide(AGENT_STORE, store);
  return <T>(compose: () => T): { readonly result: T; readonly stop: () => void } => {
    const scope = effectScope(true);
    const stop = () => scope.stop();
    onTestFinished(stop);
    return { result: app.runWithContext(() => scope.run(compose)) as T, stop };
  };
}
