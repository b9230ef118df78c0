import type { Problem } from "@freshet/client";
import { Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Brand } from "../shell/Brand";
import { Notice } from "../ui/Notice";
import { SignInForm } from "./SignInForm";
import classes from "./SignInPage.module.css";

export function SignInPage(props: { linkProblem: Problem | null }) {
  useDocumentTitle("Sign in · Freshet");
  return (
    <main className={classes["page"]}>
      <Stack className={classes["card"]} gap="md">
        <div className={classes["brand"]}>
          <Brand />
        </div>
        <Title order={1}>Sign in</Title>
        {props.linkProblem === null ? (
          <Text size="sm" c="dimmed">
            Open the login link that the server printed, or paste a token.
          </Text>
        ) : (
          <LinkProblem problem={props.linkProblem} />
        )}
        <SignInForm />
      </Stack>
    </main>
  );
}

/** A link that did not work; it works once and not for long, so that is what most often happened. */
function LinkProblem(props: { problem: Problem }) {
  const { problem } = props;
  return (
    <Notice tone="warn" title="This login link no longer works">
      <Text size="sm">
        A link works once, and only for a short time. Start the server again for a new one, or paste
        a token.
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {problem.message} ({problem.code})
      </Text>
    </Notice>
  );
}
