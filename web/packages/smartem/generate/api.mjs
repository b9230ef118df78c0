import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@hey-api/openapi-ts";

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The types of the API, and a function for each of its operations but the streams. */
export async function api(document) {
  const operations = prepared(document);
  return { types: await typesOf(document), operations: functionsOf(operations) };
}

/**
 * Takes from the document what speaks of the framework that wrote it: operation ids that repeat the
 * path and the method, and titles that repeat the names.
 */
function prepared(document) {
  const operations = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      if (isStream(operation)) delete item[method];
      else operations.push({ path, method, operation });
    }
  }
  for (const { path, method, operation } of operations) {
    const suffix = `_${path.replace(/\W/g, "_").replace(/^_/, "")}_${method}`;
    const id = operation.operationId;
    operation.operationId = id.endsWith(suffix) ? id.slice(0, -suffix.length) : id;
  }
  dropTitles(document);
  const ids = operations.map(({ operation }) => operation.operationId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`two operations are called ${twice}`);
  return operations;
}

function isStream({ responses }) {
  return Object.values(responses).some(({ content }) => content && "text/event-stream" in content);
}

function dropTitles(part) {
  if (part === null || typeof part !== "object") return;
  if (typeof part.title === "string" && part.title !== "") delete part.title;
  for (const value of Object.values(part)) dropTitles(value);
}

async function typesOf(input) {
  const path = await mkdtemp(join(tmpdir(), "freshet-api-"));
  try {
    const logs = { level: "silent", file: false };
    await createClient({ input, output: { path }, plugins: ["@hey-api/typescript"], logs });
    const text = await readFile(join(path, "types.gen.ts"), "utf8");
    return text
      .replace(/^[\s\S]*?ClientOptions[\s\S]*?};/, "")
      .replaceAll(": void;", ": undefined;");
  } finally {
    await rm(path, { recursive: true });
  }
}

function functionsOf(operations) {
  const named = operations
    .map(({ path, method, operation }) => ({ path, method, name: camel(operation.operationId) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const functions = named.map(({ path, method, name }) => {
    const verb = method.toUpperCase();
    const type = `Operation<types.${pascal(name)}Data, types.${pascal(name)}Responses>`;
    return `/** \`${verb} ${path}\` */
export const ${name}: ${type} = /* @__PURE__ */ operation("${verb}", "${path}");`;
  });
  return `import { type Operation, operation } from "./operation";
import type * as types from "./types";

${functions.join("\n\n")}
`;
}

function camel(name) {
  return name.replace(/_+(\w)/g, (_, letter) => letter.toUpperCase());
}

function pascal(name) {
  return name[0].toUpperCase() + name.slice(1);
}
