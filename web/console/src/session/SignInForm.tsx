import { Problem } from "@freshet/client";
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useSessionStore } from "./SessionContext";
import { tokenFault, tokenProblemTitle } from "./token";

/** Signs in with a pasted token. The token is exchanged for a cookie and not kept. */
export function SignInForm() {
  const store = useSessionStore();
  const [token, setToken] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const signIn = useMutation({ mutationFn: store.signIn });

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = tokenFault(token);
    setFault(found);
    if (found === null) signIn.mutate(token.trim());
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        {signIn.error instanceof Problem && (
          <ProblemNotice problem={signIn.error} title={tokenProblemTitle(signIn.error)} />
        )}
        <PasswordInput
          label="Token"
          description="Printed by ./run token; it is exchanged for a cookie and not stored here."
          placeholder="eyJ…"
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={token}
          error={fault}
          onChange={(event) => {
            setToken(event.currentTarget.value);
            setFault(null);
          }}
        />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
