import { useQuery } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { useCreateInstruction, useSmartEMQueries } from "../src";
import { caching, queryClient } from "./support/providing";
import { LiveServer } from "./support/server";

const create = "POST /debug/session/s1/create-instruction";
const list = "GET /debug/session/s1/instructions";

function render(server: LiveServer) {
  return renderHook(
    () => {
      const instructions = useQuery(useSmartEMQueries().sessionInstructions("s1"));
      return { instructions: instructions.data, create: useCreateInstruction("s1") };
    },
    { wrapper: caching({ url: server.url }, queryClient()) },
  );
}

test("anInstruction_isSent_andTheListAskedForAgain", async () => {
  const server = await LiveServer.start();
  server.answers[create] = () => ({ instruction_id: "i1", status: "created" });
  server.answers[list] = () => ({ total_instructions: server.count(create) });
  const { result } = render(server);
  await waitFor(() => expect(result.current.instructions?.total_instructions).toBe(0));
  act(() => result.current.create.mutate({ instruction_type: "athena.control.skip" }));
  await waitFor(() => expect(result.current.create.data?.instruction_id).toBe("i1"));
  await waitFor(() => expect(result.current.instructions?.total_instructions).toBe(1));
  expect(server.asked.find(({ what }) => what === create)?.body).toEqual({
    instruction_type: "athena.control.skip",
  });
});

test("R4: refused_isAProblem", async () => {
  const server = await LiveServer.start();
  const { result } = render(server);
  act(() => result.current.create.mutate({ instruction_type: "x" }));
  await waitFor(() => expect(result.current.create.error).toMatchObject({ status: 404 }));
});
