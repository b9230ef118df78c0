import type { Problem } from "@freshet/client";
import { useServer } from "@freshet/react";
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { createTestInstruction } from "../api/operations";
import type { InstructionCreateRequest, InstructionCreateResponse } from "../api/types";
import { smartemKeys } from "./keys";

/**
 * Sends instructions to the agent of a session. What becomes of one is told as
 * `instruction.lifecycle`, and is in `sessionInstructions`.
 *
 * @example
 * const create = useCreateInstruction(sessionId);
 * create.mutate({ instruction_type: "athena.control.skip", payload: { gridsquare: 17 } });
 */
export function useCreateInstruction(
  sessionId: string,
): UseMutationResult<InstructionCreateResponse, Problem, InstructionCreateRequest> {
  const server = useServer();
  const client = useQueryClient();
  return useMutation<InstructionCreateResponse, Problem, InstructionCreateRequest>({
    mutationFn: (body) => createTestInstruction(server, { path: { session_id: sessionId }, body }),
    onSuccess: () =>
      client.invalidateQueries({ queryKey: smartemKeys.sessionInstructions(sessionId) }),
  });
}
