import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useShowInHeader } from "../connection/ConnectionContext";
import classes from "./Instructions.module.css";
import { InstructionsView } from "./InstructionsPanel";
import { useInstructions } from "./useInstructions";

/** What all agents were told to do that the session may see, and what came of it. */
export default function InstructionsPage() {
  useDocumentTitle("Instructions · Freshet");
  const followed = useInstructions();
  useShowInHeader(followed.stream);
  return (
    <div className={classes["page"]}>
      <Title order={1}>Instructions</Title>
      <InstructionsView followed={followed} />
    </div>
  );
}
