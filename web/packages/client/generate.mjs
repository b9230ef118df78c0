// Makes src/task.ts from the JSON Schema of the TaskDetail, which comes from the Java record.
import { document, generate } from "../../generate/files.mjs";
import { typesOf } from "../../generate/types.mjs";

const tasks = document("applications/tasks/src/main/resources/dev/freshet/tasks/tasks.schema.json");
generate(import.meta.url, { "src/task.ts": typesOf(tasks) });
