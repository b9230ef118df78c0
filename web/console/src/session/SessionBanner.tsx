import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { endedTexts } from "./ended";
import classes from "./SessionBanner.module.css";
import { useSignedIn } from "./SessionContext";
import { SignInForm } from "./SignInForm";

/** Says that the session is over, and offers a new one; the page below stays as it is. */
export function SessionBanner() {
  const state = useSignedIn();
  if (state.kind === "ended") return <Ended {...endedTexts[state.reason]} />;
  return <LinkNotice key={state.linkProblem?.message} />;
}

function Ended(props: { title: string; detail: string }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <div className={`${classes["banner"]} ${classes["ended"]}`} role="alert">
      <strong>{props.title}.</strong>
      <span className={classes["detail"]}>{props.detail}</span>
      <Button size="xs" color="red" onClick={dialog.open}>
        Sign in
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Sign in">
        <SignInForm />
      </Modal>
    </div>
  );
}

function LinkNotice() {
  const state = useSignedIn();
  const [dismissed, setDismissed] = useState(false);
  if (state.kind !== "in" || state.linkProblem === null || dismissed) return null;
  return (
    <div className={`${classes["banner"]} ${classes["notice"]}`} role="status">
      <strong>This login link no longer works.</strong>
      <span className={classes["detail"]}>
        You are still signed in, as {state.session.subject}.
      </span>
      <Button size="xs" variant="default" onClick={() => setDismissed(true)}>
        Dismiss
      </Button>
    </div>
  );
}
