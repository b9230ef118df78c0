// Makes src/events.ts from the JSON Schema of the events, which comes from the Java records.
import { document, generate } from "../../generate/files.mjs";
import { typesOf } from "../../generate/types.mjs";

const schema = document(
  "applications/agents/src/main/resources/dev/freshet/agents/events.schema.json",
);
const imports = `import type { Json, JsonObject } from "@freshet/client";
import type { RunResult } from "./reference";
`;
const types = typesOf(schema, {
  params: "JsonObject",
  result: "Json",
  "Execution.result": "RunResult",
  "ExecutionComplete.result": "RunResult",
});
generate(import.meta.url, { "src/events.ts": `${imports}\n${types}` });
