// Makes the types of tasks and runtimes from the JSON Schemas of what the server sends, which come
// from Java records.
import { document, generate } from "../../generate/files.mjs";
import { typesOf } from "../../generate/types.mjs";

const tasks = "applications/tasks/src/main/resources/dev/freshet/tasks/tasks.schema.json";
const runtime = "applications/runtime/src/main/resources/dev/freshet/runtimes/events.schema.json";
generate(import.meta.url, {
  "src/task.ts": typesOf(document(tasks)),
  "src/runtime.ts": typesOf(document(runtime)),
});
