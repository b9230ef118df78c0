import "../../../packages/smartem/test/support/dom";
import type { Server } from "@freshet/client";
import {
  createManagedSession,
  ingestAgentLogs,
  publishMicrographCtfEstimationCompleted,
  useCreateInstruction,
  useEventStream,
  useSmartEMEventStream,
  useSmartEMQueries,
} from "@freshet/smartem";
import { useQuery } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caching, queryClient } from "../../../packages/smartem/test/support/providing";
import { Freshet } from "./Freshet";
import { Microscope } from "./Microscope";

let freshet: Freshet;
let server: Server;
let microscope: Microscope;

beforeAll(async () => {
  freshet = await Freshet.start();
  const token = await freshet.token();
  server = { url: freshet.url, token: () => token };
  microscope = new Microscope(freshet, token);
  await microscope.begin("q1", "Ribosome");
});

afterAll(() => freshet?.close());

const patient = { timeout: 20_000 };

function follow(sessionId: string) {
  const lines: string[] = [];
  const view = renderHook(
    () => {
      const { connectionState, lastEventId } = useSmartEMEventStream({
        onAgentLog: ({ message }) => lines.push(message),
      });
      const queries = useSmartEMQueries();
      return {
        connectionState,
        lastEventId,
        acquisition: useQuery(queries.acquisition("q1")),
        acquisitions: useQuery(queries.acquisitions()),
        timeline: useQuery(queries.timeline("q1")),
        micrographs: useQuery(queries.recentMicrographs("q1", 5)),
        sessions: useQuery(queries.sessions()),
        instructions: useQuery({
          ...queries.sessionInstructions(sessionId),
          enabled: sessionId !== "",
        }),
        create: useCreateInstruction(sessionId),
      };
    },
    { wrapper: caching(server, queryClient()) },
  );
  return { ...view, lines };
}

describe("@freshet/smartem with a real server", () => {
  test("queries_followWhatIsReported_withoutAskingInIntervals", async () => {
    const hole = await microscope.foilhole("q1");
    await microscope.micrograph(hole);
    const { result } = follow("");
    const now = () => result.current;
    await waitFor(() => expect(now().micrographs.data).toHaveLength(1), patient);
    await waitFor(() => expect(now().connectionState).toBe("open"), patient);
    await microscope.micrograph(hole);
    await waitFor(() => {
      expect(now().micrographs.data).toHaveLength(2);
      expect(now().timeline.data?.points.at(-1)?.micrograph_count).toBe(2);
    }, patient);
    const uuid = now().micrographs.data?.[0]?.uuid ?? "";
    await publishMicrographCtfEstimationCompleted(server, {
      path: { micrograph_uuid: uuid },
      body: { ctf_max_res: 3.5 },
    });
    const ctf = () => now().micrographs.data?.find((it) => it.uuid === uuid);
    await waitFor(() => expect(ctf()?.ctf_max_resolution_estimate).toBe(3.5), patient);
    await microscope.setStatus("q1", "paused");
    await waitFor(() => {
      expect(now().acquisition.data?.status).toBe("paused");
      expect(now().acquisitions.data?.map(({ status }) => status)).toEqual(["paused"]);
    }, patient);
  });

  test("sessions_instructions_andLogs_follow_alsoOverARestart", async () => {
    const body = { agent_id: "a1", acquisition_uuid: "q1", instrument_id: "m12" };
    const { session_id } = await createManagedSession(server, { body });
    const { result, lines } = follow(session_id);
    const now = () => result.current;
    await waitFor(() => expect(now().sessions.data?.total_count).toBe(1), patient);
    await waitFor(() => expect(now().connectionState).toBe("open"), patient);
    act(() => now().create.mutate({ instruction_type: "athena.control.skip" }));
    const told = () => now().instructions.data?.instructions.map(({ status }) => status);
    await waitFor(() => expect(told()).toEqual(["pending"]), patient);
    await waitFor(() => expect(now().lastEventId).toBeDefined(), patient);

    await freshet.kill();
    await freshet.restart();
    const log = { timestamp: new Date().toISOString(), level: "INFO", logger_name: "agent" };
    await ingestAgentLogs(server, {
      path: { agent_id: "a1", session_id },
      body: { logs: [{ ...log, message: "back again" }] },
    });
    await waitFor(() => expect(lines).toEqual(["back again"]), patient);
    await waitFor(() => expect(now().connectionState).toBe("open"), patient);

    const late: string[] = [];
    renderHook(
      () => useEventStream({ logBacklog: 5, onAgentLog: ({ message }) => late.push(message) }),
      { wrapper: caching(server, queryClient()) },
    );
    await waitFor(() => expect(late).toEqual(["back again"]), patient);
  });
});
