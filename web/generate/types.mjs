/**
 * TypeScript of the payloads that a JSON Schema of `PayloadSchema` describes: an interface for each
 * record, a union for each enum and sealed interface, and the map from the types of events to their
 * payloads. Members that may hold anything are type parameters. Throws at what Java records don't
 * become.
 *
 * @param free what such members hold all the same, by `member` or `Interface.member`
 */
export function typesOf({ title, description, properties, $defs }, free = {}) {
  const declarations = Object.entries($defs).map(([name, definition]) =>
    declarationOf(name, definition, Object.entries(properties ?? {}), free),
  );
  const map = properties === undefined ? [] : [mapOf(title, description, properties)];
  return [...declarations, ...map].join("\n");
}

function declarationOf(name, definition, events, free) {
  const [type] = events.find(([, { $ref }]) => nameOf($ref) === name) ?? [];
  const about = definition.description ?? (type && `The payload of \`${type}\`.`);
  if (definition.properties === undefined)
    return `${comment(about, "")}export type ${name} = ${typeOf(definition)};\n`;
  return `${comment(about, "")}export interface ${name}${parameters(name, definition, free)} {
${members(name, definition, free).join("\n")}
}
`;
}

function members(name, { properties, required }, free) {
  return Object.entries(properties).map(([member, schema]) => {
    const optional = required?.includes(member) ? "" : "?";
    const type = isFree(schema)
      ? (knownOf(free, name, member) ?? pascal(member))
      : typeOf(schema, `${name}.${member}`);
    return `${comment(schema.description, "  ")}  readonly ${member}${optional}: ${type};`;
  });
}

function parameters(name, { properties }, free) {
  const open = Object.entries(properties).filter(
    ([member, schema]) => isFree(schema) && !knownOf(free, name, member),
  );
  if (open.length === 0) return "";
  return `<${open.map(([member]) => `${pascal(member)} = unknown`).join(", ")}>`;
}

function knownOf(free, name, member) {
  return free[`${name}.${member}`] ?? free[member];
}

/** Whether it says nothing but what it is about. */
function isFree(schema) {
  return Object.keys(schema).every((key) => key === "description");
}

function mapOf(title, description, properties) {
  const events = Object.entries(properties).sort(([one], [other]) => (one < other ? -1 : 1));
  const event = title.replace(/s$/, "");
  const constant = event.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
  return `${comment(description, "")}export interface ${title} {
${events.map(([type, { $ref }]) => `  readonly "${type}": ${nameOf($ref)};`).join("\n")}
}

/** The types of {@link ${title}}. */
export type ${event}Type = keyof ${title};

/** All of them, for those who choose. */
export const ${constant}_TYPES = [
${events.map(([type]) => `  "${type}",`).join("\n")}
] as const satisfies readonly ${event}Type[];
`;
}

function typeOf(schema, where) {
  if (isFree(schema)) return "unknown";
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.$ref) return nameOf(schema.$ref);
  const several = schema.anyOf ?? schema.oneOf;
  if (several) return nullLast(several.map((each) => typeOf(each, where))).join(" | ");
  if (Array.isArray(schema.type))
    return nullLast(schema.type.map((type) => typeOf({ ...schema, type }, where))).join(" | ");
  if (schema.type === "array") return `readonly ${grouped(typeOf(schema.items, where))}[]`;
  if (schema.type === "object" && schema.additionalProperties)
    return `Readonly<Record<string, ${typeOf(schema.additionalProperties, where)}>>`;
  return named(schema.type, where);
}

function nameOf(reference) {
  return reference.slice("#/$defs/".length);
}

function nullLast(types) {
  return [...types.filter((type) => type !== "null"), ...types.filter((type) => type === "null")];
}

function grouped(type) {
  return type.includes(" ") ? `(${type})` : type;
}

const NAMES = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

function named(type, where) {
  const name = NAMES[type];
  if (name === undefined) throw new Error(`${where}: no TypeScript for '${type}'`);
  return name;
}

function pascal(name) {
  return (
    name[0].toUpperCase() + name.slice(1).replace(/_+(\w)/g, (_, letter) => letter.toUpperCase())
  );
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
