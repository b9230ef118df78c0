// Cuts openapi.json of this module from the whole SmartEM document:
//   node cut.mjs smartem-openapi.json > ../src/main/resources/dev/freshet/microscopy/openapi.json
// Paths, operation ids and schemas stay as they are there. Left out: descriptions of how the SmartEM server does it. Added: the answers 404 and 409, which the SmartEM server
// gives without describing them, 422 for lists that are too long, the media type of the stream, and
// the routes of additions.json, which SmartEM does not have.
import { readFileSync } from "node:fs";
import { agentPaths, agentSchemas, describeAgents } from "./agents.mjs";

const paths = [
  "/acquisitions",
  "/acquisitions/grid-counts",
  "/acquisitions/{acquisition_uuid}",
  "/acquisitions/{acquisition_uuid}/grids",
  "/acquisitions/{acquisition_uuid}/micrographs",
  "/acquisitions/{acquisition_uuid}/timeline",
  "/grids",
  "/grids/{grid_uuid}",
  "/grids/{grid_uuid}/registered",
  "/grids/{grid_uuid}/gridsquares",
  "/grids/{grid_uuid}/gridsquares/batch",
  "/gridsquares",
  "/gridsquares/{gridsquare_uuid}",
  "/gridsquares/{gridsquare_uuid}/registered",
  "/gridsquares/{gridsquare_uuid}/foilholes",
  "/foilholes",
  "/foilholes/{foilhole_uuid}",
  "/foilholes/{foilhole_uuid}/micrographs",
  "/micrographs",
  "/micrographs/{micrograph_uuid}",
  "/micrographs/{micrograph_uuid}/motion_correction/completed",
  "/micrographs/{micrograph_uuid}/motion_correction/registered",
  "/micrographs/{micrograph_uuid}/ctf_estimation/completed",
  "/micrographs/{micrograph_uuid}/ctf_estimation/registered",
  "/frontend/events/stream",
  "/grids/{grid_uuid}/atlas",
  "/atlases",
  "/atlases/{atlas_uuid}",
  "/atlases/{atlas_uuid}/tiles",
  "/atlas-tiles",
  "/atlas-tiles/{tile_uuid}",
  "/atlas-tiles/{tile_uuid}/gridsquares",
  "/atlas-tiles/{tile_uuid}/gridsquares/{gridsquare_uuid}",
  "/health",
  "/status",
  "/version",
  ...agentPaths,
];

const whole = JSON.parse(readFileSync(process.argv[2], "utf8"));
const additions = JSON.parse(readFileSync(new URL("additions.json", import.meta.url), "utf8"));
Object.assign(whole.paths, additions.paths);
Object.assign(whole.components.schemas, additions.schemas);
const schemas = { ErrorDetail: errorDetail(), ...agentSchemas };
const cut = {
  openapi: whole.openapi,
  info: whole.info,
  paths: Object.fromEntries(paths.map((path) => [path, withErrors(path, whole.paths[path])])),
  components: { schemas },
};
describeAgents(cut.paths, failure);
collect(cut.paths);
dropInternals(cut.paths);
dropInternals(schemas);
cut.components.schemas = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
process.stdout.write(`${JSON.stringify(cut, null, 1)}\n`);

function errorDetail() {
  return {
    properties: { detail: { title: "Detail", type: "string" } },
    required: ["detail"],
    title: "ErrorDetail",
    type: "object",
  };
}

function withErrors(path, item) {
  for (const [method, operation] of Object.entries(item)) {
    if (path.includes("{")) operation.responses["404"] = failure("No such thing, or none that the caller may read");
    if (method === "post" && "201" in operation.responses) {
      const linking = path.includes("}/gridsquares") && path.startsWith("/atlas-tiles");
      operation.responses["409"] = failure(linking ? "The grid square is on another grid" : "It exists already");
    }
    if (method === "put") operation.responses["409"] = failure("It cannot be moved there");
    if (method === "get" && operation.responses["200"].content["application/json"]?.schema.type === "array") {
      operation.responses["422"] ??= {
        description: "More than one answer holds",
        content: { "application/json": { schema: { $ref: "#/components/schemas/HTTPValidationError" } } },
      };
    }
    if (path === "/frontend/events/stream") {
      operation.responses["200"].content = { "text/event-stream": { schema: { type: "string" } } };
    }
  }
  return item;
}

function failure(description) {
  const schema = { $ref: "#/components/schemas/ErrorDetail" };
  return { description, content: { "application/json": { schema } } };
}

/** Takes over the schemas that a part of the document refers to, and those that they refer to. */
function collect(part) {
  if (part === null || typeof part !== "object") return;
  const name = typeof part.$ref === "string" ? part.$ref.split("/").at(-1) : undefined;
  if (name !== undefined && !(name in schemas)) {
    schemas[name] = whole.components.schemas[name];
    collect(schemas[name]);
  }
  for (const value of Object.values(part)) collect(value);
}

/** Descriptions that speak of the SmartEM server's message broker say nothing of this one. */
function dropInternals(part) {
  if (part === null || typeof part !== "object") return;
  if (typeof part.description === "string" && part.description.includes("RabbitMQ")) delete part.description;
  for (const value of Object.values(part)) dropInternals(value);
}
