/**
 * TypeScript of the frontend's events: an interface for each payload, and the map from the events'
 * types to them. Knows the part of JSON Schema that Java records become, and throws at any other.
 */
export function eventTypes({ $defs }) {
  const events = Object.entries($defs).sort(([one], [other]) => (one < other ? -1 : 1));
  const interfaces = events.map(([type, payload]) => interfaceOf(type, payload));
  const members = events.map(([type, { title }]) => `  readonly "${type}": ${title};`);
  return `${interfaces.join("\n")}
/** The payloads of the frontend stream's events, by type. */
export interface FrontendEvents {
${members.join("\n")}
}

/** The types of the frontend stream's events. */
export type FrontendEventType = keyof FrontendEvents;

/** All of them, for those who choose. */
export const FRONTEND_EVENT_TYPES = [
${events.map(([type]) => `  "${type}",`).join("\n")}
] as const satisfies readonly FrontendEventType[];
`;
}

function interfaceOf(type, { title, description, properties, required }) {
  const members = Object.entries(properties).map(([name, schema]) => {
    if (!required.includes(name)) throw new Error(`${title}.${name} may be left out`);
    return `${comment(schema.description, "  ")}  readonly ${name}: ${typeOf(schema)};`;
  });
  const about = description ?? `The payload of \`${type}\`.`;
  return `${comment(about, "")}export interface ${title} {\n${members.join("\n")}\n}\n`;
}

function comment(text, indent) {
  if (text === undefined) return "";
  const lines = wrapped(sentence(text), 97 - indent.length);
  if (lines.length === 1 && lines[0].length <= 93 - indent.length)
    return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.…]$/.test(text) ? "" : "."}`;
}

function wrapped(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= width || lines.at(-1) === "") lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function typeOf(schema) {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return nullLast(schema.anyOf.map(typeOf)).join(" | ");
  if (Array.isArray(schema.type)) return nullLast(schema.type.map(named)).join(" | ");
  return named(schema.type);
}

function nullLast(types) {
  return [...types.filter((type) => type !== "null"), ...types.filter((type) => type === "null")];
}

const NAMES = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

function named(type) {
  const name = NAMES[type];
  if (name === undefined) throw new Error(`no TypeScript for '${type}'`);
  return name;
}
