import type {
  AcquisitionProgress,
  AgentLog,
  AgentStatus,
  InstructionLifecycle,
  ProcessingMetric,
} from "../../src";

const time = "2026-01-05T10:00:00.000Z";

export const agentStatus = (agent: string, change: Partial<AgentStatus> = {}): AgentStatus => ({
  agent_id: agent,
  status: "online",
  session_id: null,
  acquisition_uuid: null,
  last_heartbeat_at: time,
  connection_count: 0,
  ...change,
});

export const progress = (acquisition: string, micrographs: number): AcquisitionProgress => ({
  acquisition_uuid: acquisition,
  grid_count: 1,
  gridsquare_count: 2,
  foilhole_count: 3,
  micrograph_count: micrographs,
  status: "started",
});

export const lifecycle = (
  instruction: string,
  change: Partial<InstructionLifecycle> = {},
): InstructionLifecycle => ({
  instruction_id: instruction,
  agent_id: "a1",
  session_id: "s1",
  instruction_type: "athena.control.reorder",
  status: "pending",
  created_at: time,
  sent_at: null,
  acknowledged_at: null,
  ack_status: null,
  ...change,
});

export const metric = (
  micrograph: string,
  change: Partial<ProcessingMetric> = {},
): ProcessingMetric => ({
  micrograph_uuid: micrograph,
  foilhole_uuid: "f1",
  total_motion: 12.5,
  average_motion: 0.4,
  ctf_max_resolution_estimate: null,
  number_of_particles_picked: null,
  number_of_particles_selected: null,
  ...change,
});

export const log = (id: number, message = `line ${id}`): AgentLog => ({
  id,
  agent_id: "a1",
  session_id: "s1",
  timestamp: time,
  level: "INFO",
  logger_name: "agent",
  message,
});
