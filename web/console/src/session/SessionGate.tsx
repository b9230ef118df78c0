import { FreshetProvider } from "@freshet/react";
import { Loader, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Centered } from "../ui/Centered";
import { useSessionState } from "./SessionContext";
import { SignInPage } from "./SignInPage";
import { server } from "./session";

/** Shows its children to whom is signed in, or was until the session ended. */
export function SessionGate(props: { children: ReactNode }) {
  const state = useSessionState();
  switch (state.kind) {
    case "checking":
      return <Checking unreachable={state.unreachable} />;
    case "out":
      return <SignInPage linkProblem={state.linkProblem} />;
    case "in":
    case "ended":
      return (
        <FreshetProvider key={state.viewers} server={server}>
          {props.children}
        </FreshetProvider>
      );
  }
}

function Checking(props: { unreachable: boolean }) {
  return (
    <Centered>
      <Loader aria-label="Signing in" />
      {props.unreachable && (
        <Text role="status">The server does not answer yet. Trying again every two seconds.</Text>
      )}
    </Centered>
  );
}
