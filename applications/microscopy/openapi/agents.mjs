// The routes of agents and their sessions (PROTOCOL §8.1–8.3), for cut.mjs. The SmartEM document leaves most of their bodies open: what they hold is said here, in named schemas.
// Requests may have members that are not named.

export const agentPaths = [
  "/agent/{agent_id}/session/{session_id}/heartbeat",
  "/agent/{agent_id}/session/{session_id}/instructions/stream",
  "/agent/{agent_id}/session/{session_id}/instructions/{instruction_id}/ack",
  "/agent/{agent_id}/session/{session_id}/logs",
  "/debug/agent-connections",
  "/debug/connection-stats",
  "/debug/session/{session_id}/create-instruction",
  "/debug/session/{session_id}/instructions",
  "/debug/sessions",
  "/debug/sessions/create",
  "/debug/sessions/create-managed",
  "/debug/sessions/{session_id}/close",
];

const string = { type: "string" };
const named = { type: "string", minLength: 1 };
const time = { type: "string", format: "date-time" };
const integer = { type: "integer" };
const count = { type: "integer", minimum: 0 };
const object = { type: "object", additionalProperties: true };
const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const list = (name) => ({ type: "array", items: ref(name) });
const constant = (value) => ({ type: "string", const: value });
const choice = (...values) => ({ type: "string", enum: values });
const nullable = (schema) => ({ anyOf: [schema, { type: "null" }] });

const priority = choice("urgent", "high", "normal", "low");
const ackStatus = choice("received", "processed", "failed", "declined");

const session = {
  agent_id: named,
  acquisition_uuid: nullable(string),
  instrument_id: nullable(string),
  name: nullable(string),
  description: nullable(string),
  experimental_parameters: nullable(object),
};

/** An answer, which always has all of its members. */
const answer = (properties) => ({ type: "object", properties, required: Object.keys(properties) });
const request = (properties, ...required) => ({ type: "object", properties, required, additionalProperties: true });

const own = {
  SessionCreateManagedRequest: request(session, "agent_id"),
  SessionCreateRequest: request({ session_id: nullable(named), ...session }, "agent_id"),
  SessionCreateManagedResponse: answer({ session_id: string, status: constant("created"), created_via: string, timestamp: time }),
  SessionCreateResponse: answer({ session_id: string, agent_id: string, status: constant("created"), created_at: time }),
  SessionCloseResponse: answer({ session_id: string, status: constant("closed"), closed_via: string, timestamp: time }),
  SessionResponse: answer({
    session_id: string,
    agent_id: string,
    acquisition_uuid: nullable(string),
    name: nullable(string),
    description: nullable(string),
    status: constant("active"),
    created_at: time,
    started_at: nullable(time),
    last_activity_at: nullable(time),
    experimental_parameters: object,
  }),
  SessionListResponse: answer({ active_sessions: list("SessionResponse"), total_count: count }),
  InstructionCreateRequest: request(
    {
      instruction_type: { ...named, maxLength: 200 },
      payload: nullable(object),
      sequence_number: nullable({
        ...integer,
        minimum: -Number.MAX_SAFE_INTEGER,
        maximum: Number.MAX_SAFE_INTEGER,
      }),
      priority: nullable(priority),
      expires_in_minutes: {
        ...nullable({ type: "number", minimum: 0, maximum: 5256000 }),
        default: 60,
        description: "null or 0: never",
      },
      metadata: nullable(object),
    },
    "instruction_type",
  ),
  InstructionCreateResponse: answer({ instruction_id: string, status: constant("created"), created_at: time }),
  InstructionResponse: answer({
    instruction_id: string,
    agent_id: string,
    instruction_type: string,
    payload: object,
    sequence_number: nullable(integer),
    priority,
    status: choice("pending", "sent", "acknowledged", "expired", "cancelled"),
    created_at: time,
    sent_at: nullable(time),
    acknowledged_at: nullable(time),
    expires_at: nullable(time),
    metadata: object,
    ack_status: nullable(ackStatus),
    result: nullable(string),
    error_message: nullable(string),
    processing_time_ms: nullable(integer),
    acknowledgements_count: count,
  }),
  InstructionListResponse: answer({
    session_id: string,
    instructions: list("InstructionResponse"),
    total_instructions: count,
    acknowledgement_statistics: { type: "object", propertyNames: ackStatus, additionalProperties: count },
  }),
  AgentConnectionResponse: answer({
    connection_id: string,
    agent_id: string,
    session_id: string,
    connection_type: constant("sse"),
    status: constant("active"),
    created_at: time,
    last_heartbeat_at: nullable(time),
    client_info: object,
  }),
  AgentConnectionListResponse: answer({ active_connections: list("AgentConnectionResponse"), total_count: count }),
  ConnectionStatsResponse: answer({
    active_connections: count,
    active_sessions: count,
    pending_instructions: count,
    sent_instructions: count,
    total_instructions_pending: count,
    timestamp: time,
  }),
  AgentHeartbeatResponse: answer({
    status: constant("success"),
    agent_id: string,
    session_id: string,
    heartbeat_timestamp: time,
    connection_id: nullable(string),
  }),
};

const bodies = {
  "post /debug/sessions/create": "SessionCreateRequest",
  "post /debug/sessions/create-managed": "SessionCreateManagedRequest",
  "post /debug/session/{session_id}/create-instruction": "InstructionCreateRequest",
};

const answers = {
  "post /agent/{agent_id}/session/{session_id}/heartbeat": "AgentHeartbeatResponse",
  "get /debug/agent-connections": "AgentConnectionListResponse",
  "get /debug/connection-stats": "ConnectionStatsResponse",
  "post /debug/session/{session_id}/create-instruction": "InstructionCreateResponse",
  "get /debug/session/{session_id}/instructions": "InstructionListResponse",
  "get /debug/sessions": "SessionListResponse",
  "post /debug/sessions/create": "SessionCreateResponse",
  "post /debug/sessions/create-managed": "SessionCreateManagedResponse",
  "delete /debug/sessions/{session_id}/close": "SessionCloseResponse",
};

const tooMany = ["get /debug/agent-connections", "get /debug/connection-stats", "get /debug/sessions"];

/** Schemas that the SmartEM document does not have. */
export const agentSchemas = Object.fromEntries(
  Object.entries(own).map(([name, schema]) => [name, { title: name, ...schema }]),
);

/** Says what the routes take and answer, in place. */
export function describeAgents(paths, failure) {
  for (const path of agentPaths) {
    for (const [method, operation] of Object.entries(paths[path])) {
      describe(`${method} ${path}`, operation, failure);
    }
  }
  const stream = paths["/frontend/events/stream"].get;
  for (const [name, event] of [
    ["log_backlog", "agent.log"],
    ["metric_backlog", "processing.metric"],
  ]) {
    stream.parameters.push({
      in: "query",
      name,
      required: false,
      description: `How many of the newest ${event} events come before the live ones`,
      schema: count,
    });
  }
}

function describe(route, operation, failure) {
  const { responses } = operation;
  if (route in bodies) operation.requestBody.content["application/json"].schema = ref(bodies[route]);
  if (route in answers) responses["200"].content["application/json"].schema = ref(answers[route]);
  if (route.startsWith("post ")) {
    responses["404"] ??= failure("No such acquisition, or none that the caller may see");
    responses["409"] = failure("Not in the state that things are in");
  }
  if (tooMany.includes(route)) {
    const schema = { $ref: "#/components/schemas/HTTPValidationError" };
    responses["422"] = { description: "More than one answer holds", content: { "application/json": { schema } } };
  }
  if (route.endsWith("/instructions/stream")) {
    responses["200"].content = { "text/event-stream": { schema: string } };
    responses["204"] = { description: "The session is closed, do not come back" };
  }
  delete operation.description;
}
