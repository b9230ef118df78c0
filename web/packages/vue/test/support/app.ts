import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { onTestFinished } from "vitest";
import { createApp, type EffectScope, effectScope } from "vue";
import { createFreshet, type FreshetOptions } from "../../src";

/** Composables in use, outside of any component. */
export interface Used<T> {
  readonly result: T;
  readonly scope: EffectScope;
  readonly client: QueryClient;
}

/** An app that follows a server, in which composables may be used more than once. */
export function appOf(url: string, options: Partial<FreshetOptions> = {}) {
  const client = new QueryClient();
  const app = createApp({ render: () => null })
    .use(VueQueryPlugin, { queryClient: client })
    .use(createFreshet({ server: { url }, lingerMs: 0, ...options }));
  onTestFinished(() => client.clear());
  return <T>(compose: () => T): Used<T> => {
    const scope = effectScope(true);
    onTestFinished(() => scope.stop());
    const result = app.runWithContext(() => scope.run(compose)) as T;
    return { result, scope, client };
  };
}
