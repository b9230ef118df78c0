import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { SessionProvider } from "../session/SessionContext";
import { SessionGate } from "../session/SessionGate";
import type { SessionStore } from "../session/SessionStore";
import { router } from "./router";
import { theme } from "./theme";

const queries = new QueryClient();
/** The key that public/color-scheme.js reads before the first paint. */
const colorSchemes = localStorageColorSchemeManager({ key: "freshet-color-scheme" });

export function App(props: { sessions: SessionStore }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <SessionProvider value={props.sessions}>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
