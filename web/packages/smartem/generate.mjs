// Makes src/events.ts from the events' JSON Schema, which comes from the Java records, and src/api
// from the OpenAPI document.
//   node generate.mjs          writes what has changed
//   node generate.mjs --check  writes nothing; fails where a file isn't what would be written
import { document, generate } from "../../generate/files.mjs";
import { typesOf } from "../../generate/types.mjs";
import { api } from "./generate/api.mjs";

const microscopy = "applications/microscopy/src/main/resources/dev/freshet/microscopy";
const { types, operations } = await api(document(`${microscopy}/openapi.json`));
generate(import.meta.url, {
  "src/events.ts": typesOf(document(`${microscopy}/events.schema.json`)),
  "src/api/types.ts": types,
  "src/api/operations.ts": operations,
});
