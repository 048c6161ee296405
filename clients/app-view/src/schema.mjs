// Checks a value against the published JSON schema of a contract: the part of JSON Schema that
// cosmwasm-schema writes. A keyword that is not known here is an error, so that nothing passes
// unchecked.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { AppError } from "./error.mjs";

/** Keywords that say something to people only. */
const NOTES = new Set(["$schema", "title", "description", "default", "definitions"]);

/** Ranges of the formats that schemars gives to Rust's integers. */
const FORMATS = {
  uint8: [0, 0xff],
  uint16: [0, 0xffff],
  uint32: [0, 0xffff_ffff],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  int32: [-0x8000_0000, 0x7fff_ffff],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

const TYPES = {
  object: (v) => typeof v === "object" && v !== null && !Array.isArray(v),
  array: Array.isArray,
  string: (v) => typeof v === "string",
  boolean: (v) => typeof v === "boolean",
  integer: Number.isSafeInteger,
  null: (v) => v === null,
};

/** One check a keyword; each gives the first thing that is wrong, or null. */
const KEYWORDS = {
  type: (types, v, at) =>
    [types].flat().some((type) => TYPES[type]?.(v)) ? null : `${at} is not of type ${types}`,
  enum: (values, v, at) => (values.includes(v) ? null : `${at} is not one of ${values.join(", ")}`),
  minimum: (least, v, at) => (typeof v !== "number" || v >= least ? null : `${at} is below ${least}`),
  maximum: (most, v, at) => (typeof v !== "number" || v <= most ? null : `${at} is above ${most}`),
  format: (name, v, at) => {
    if (typeof v !== "number") return null;
    const [least, most] = FORMATS[name] ?? [NaN, NaN];
    return least <= v && v <= most ? null : `${at} is not a ${name}`;
  },
  required: (names, v, at) => {
    const missing = TYPES.object(v) ? names.filter((name) => !Object.hasOwn(v, name)) : [];
    return missing.length === 0 ? null : `${at} lacks ${missing[0]}`;
  },
  properties: (schemas, v, at, root) =>
    TYPES.object(v)
      ? first(Object.entries(v), ([name, item]) =>
          Object.hasOwn(schemas, name) ? problem(schemas[name], item, `${at}.${name}`, root) : null)
      : null,
  items: (schema, v, at, root) =>
    Array.isArray(v) ? first(v.entries(), ([i, item]) => problem(schema, item, `${at}[${i}]`, root)) : null,
  $ref: (ref, v, at, root) =>
    problem(root.definitions?.[ref.replace("#/definitions/", "")] ?? { unknown: ref }, v, at, root),
  allOf: (schemas, v, at, root) => first(schemas, (schema) => problem(schema, v, at, root)),
  anyOf: (schemas, v, at, root) => matching(schemas, v, at, root, (n) => n > 0),
  oneOf: (schemas, v, at, root) => matching(schemas, v, at, root, (n) => n === 1),
};

/**
 * What is wrong with a value, or null.
 * @param {object | true} schema
 * @param {unknown} value
 * @param {string} at where the value is, for the message
 * @param {object} root the schema with the definitions
 * @returns {string | null}
 */
export function problem(schema, value, at, root = schema) {
  if (schema === true) return null;
  return first(Object.entries(schema), ([keyword, rule]) => {
    if (NOTES.has(keyword)) return null;
    if (keyword === "additionalProperties") return extra(schema, value, at);
    if (!Object.hasOwn(KEYWORDS, keyword)) return `${at}: the schema's ${keyword} is not known here`;
    return KEYWORDS[keyword](rule, value, at, root);
  });
}

/** cosmwasm-schema writes `additionalProperties: false` only. */
function extra(schema, value, at) {
  if (schema.additionalProperties !== false || !TYPES.object(value)) return null;
  const name = Object.keys(value).find((n) => !Object.hasOwn(schema.properties ?? {}, n));
  return name === undefined ? null : `${at} has ${name}, which is not in the schema`;
}

function first(items, check) {
  for (const item of items) {
    const wrong = check(item);
    if (wrong !== null) return wrong;
  }
  return null;
}

function matching(schemas, value, at, root, enough) {
  const wrong = schemas.map((schema) => problem(schema, value, at, root));
  if (enough(wrong.filter((w) => w === null).length)) return null;
  return wrong.length === 1 ? wrong[0] : `${at} has none of the forms in the schema`;
}

/** The published messages of one contract. */
export class ContractSchema {
  /** @param {string} directory of `<contract>.json` @param {string} contract */
  constructor(directory, contract) {
    this.contract = contract;
    const path = join(directory, `${contract}.json`);
    try {
      this.api = JSON.parse(readFileSync(path, "utf8"));
    } catch (cause) {
      throw new AppError("app/schema_file", `${path}: ${cause.message}`);
    }
  }

  /** Refuses a query that the contract does not know. */
  checkQuery(message) {
    this.#check(this.api.query, message, "query");
  }

  /** Refuses a message that the contract does not take. */
  checkExecute(message) {
    this.#check(this.api.execute, message, "execute");
  }

  /** Refuses an answer that is not what the contract publishes for the query. */
  checkAnswer(name, answer) {
    const schema = this.api.responses?.[name];
    if (schema === undefined) {
      throw new AppError("app/schema", `${this.contract} publishes no answer to ${name}`);
    }
    this.#check(schema, answer, name);
  }

  #check(schema, value, at) {
    const wrong = problem(schema, value, at);
    if (wrong !== null) throw new AppError("app/schema", `${this.contract}: ${wrong}`);
  }

  /** The values of a published enumeration of plain names. */
  names(definition) {
    const schema = this.api.query?.definitions?.[definition];
    const values = schema?.enum ?? schema?.oneOf?.flatMap((variant) => variant.enum ?? []);
    if (!values?.length) {
      throw new AppError("app/schema", `${this.contract} publishes no names of ${definition}`);
    }
    return values;
  }
}
