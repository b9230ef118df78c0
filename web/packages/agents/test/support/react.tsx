import type { Server } from "@freshet/client";
import { FreshetProvider } from "@freshet/react";
import type { ReactNode } from "react";

/** A provider around what a test renders; streams close at once when nobody uses them. */
export function providing(server: Server, onError?: (error: unknown) => void) {
  return ({ children }: { readonly children: ReactNode }) => (
    <FreshetProvider server={server} lingerMs={0} onError={onError}>
      {children}
    </FreshetProvider>
  );
}
