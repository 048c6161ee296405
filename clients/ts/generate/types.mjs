// JSON schema, as cosmwasm-schema writes it, to TypeScript. A keyword that is not known here is an
// error, so that nothing is left out of a type unseen.

const KNOWN = new Set([
  "$schema",
  "title",
  "description",
  "type",
  "properties",
  "required",
  "additionalProperties",
  "enum",
  "oneOf",
  "anyOf",
  "allOf",
  "$ref",
  "items",
  "format",
  "minimum",
  "maximum",
  "default",
  "definitions",
]);

const PLAIN = { integer: "number", number: "number", string: "string", boolean: "boolean", null: "null" };

/** What TypeScript calls the strings that carry numbers and bytes; said once, not by cosmwasm-std's words. */
export const SCALARS = {
  Binary: "Bytes as base64.",
  Uint64: "A whole number below 2^64 in decimal: JSON's own numbers end at 2^53.",
  Uint128: "A whole number below 2^128 in decimal.",
};

/** @param {string} name of a message: `patients_of` */
export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
export const pascal = (name) => camel(name).replace(/^./, (letter) => letter.toUpperCase());

const WIDTH = 110;

/** A line as several, none wider than there is room for. */
function wrapped(line, room) {
  const lines = [""];
  for (const word of line.split(" ")) {
    const last = lines.at(-1);
    if (last !== "" && last.length + word.length >= room) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}

/** A doc comment at an indent, or nothing. */
export function comment(text, indent = "") {
  if (!text) return "";
  const plain = text.replaceAll("*/", "*\\/").replace(/\[`([^`]*)`\]/g, "`$1`");
  const lines = plain.split("\n").flatMap((line) => wrapped(line.trimEnd(), WIDTH - indent.length));
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line && ` ${line}`}\n`).join("")}${indent} */\n`;
}

/** @param {any} schema @param {string} at where it is, for an error @param {string} indent */
export function typeOf(schema, at, indent = "") {
  if (schema === true) return "unknown";
  const unknown = Object.keys(schema).find((keyword) => !KNOWN.has(keyword));
  if (unknown) throw new Error(`${at}: the schema's ${unknown} is not known to this generator`);
  if (schema.$ref) return schema.$ref.replace("#/definitions/", "");
  if (schema.allOf) return one(schema.allOf, at, indent);
  if (schema.oneOf ?? schema.anyOf) return union(schema.oneOf ?? schema.anyOf, at, indent);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, at, indent)).join(" | ");
  if (schema.type === "array") return listOf(schema.items, at, indent);
  if (schema.type === "object") return objectOf(schema, at, indent);
  if (schema.type === undefined) return "unknown";
  const plain = PLAIN[schema.type];
  if (!plain) throw new Error(`${at}: type ${schema.type} is not known to this generator`);
  return plain;
}

function one(schemas, at, indent) {
  if (schemas.length !== 1) throw new Error(`${at}: allOf of ${schemas.length} is not known to this generator`);
  return typeOf(schemas[0], at, indent);
}

function union(schemas, at, indent) {
  return schemas.map((schema) => typeOf(schema, at, indent)).join(" | ");
}

function listOf(items, at, indent) {
  if (Array.isArray(items)) return `[${items.map((item) => typeOf(item, at, indent)).join(", ")}]`;
  const type = typeOf(items, at, indent);
  return type.includes(" ") ? `(${type})[]` : `${type}[]`;
}

function objectOf({ properties = {}, required = [], additionalProperties }, at, indent) {
  if (additionalProperties && additionalProperties !== true) {
    return `Record<string, ${typeOf(additionalProperties, at, indent)}>`;
  }
  const names = Object.keys(properties);
  if (names.length === 0) return "Record<string, never>";
  const inner = `${indent}  `;
  const fields = names.map((name) => {
    const mark = required.includes(name) ? "" : "?";
    const type = typeOf(properties[name], `${at}.${name}`, inner);
    return `${comment(properties[name].description, inner)}${inner}${name}${mark}: ${type};\n`;
  });
  return `{\n${fields.join("")}${indent}}`;
}

/** A named type, an interface where it is an object. */
export function declaration(name, schema) {
  if (Object.hasOwn(SCALARS, name)) return `${comment(SCALARS[name])}export type ${name} = string;\n`;
  const type = typeOf(schema, name);
  const isObject = schema.type === "object" && type.startsWith("{");
  const body = isObject ? `export interface ${name} ${type}\n` : `export type ${name} =${variants(schema, type)};\n`;
  return comment(schema.description) + body;
}

/** Each variant of a union with its own words. */
function variants(schema, type) {
  const given = schema.oneOf;
  if (!given?.some((variant) => variant.description)) return ` ${type}`;
  return given
    .map((variant) => `\n${comment(variant.description, "  ")}  | ${typeOf(variant, "variant", "  ")}`)
    .join("");
}

/** Names that a piece of TypeScript mentions, of those that there are. */
export function mentioned(text, names) {
  const code = text.replace(/\/\*\*[\s\S]*?\*\//g, "");
  const words = new Set(code.match(/\b[A-Z][A-Za-z0-9]*\b/g));
  return names.filter((name) => words.has(name));
}
