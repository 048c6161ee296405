// The TypeScript of each contract, from schema/<contract>.json.

import { camel, comment, declaration, mentioned, typeOf } from "./types.mjs";

const HEAD = "// Generated from schema/ by `npm run generate`; do not edit.\n\n";

/** What the client calls each contract, and what its types' prefix is. */
export const CONTRACTS = {
  consent: { key: "consent", prefix: "Consent" },
  "device-registry": { key: "registry", prefix: "Registry" },
  "vitals-anchor": { key: "anchor", prefix: "Anchor" },
  care: { key: "care", prefix: "Care" },
  claims: { key: "claims", prefix: "Claims" },
};

/** An answer may carry a message of the contract itself, which is written once. */
const OWN = new Set(["ExecuteMsg", "QueryMsg"]);

/** @typedef {{contract_name: string, execute: any, query: any, responses: Record<string, any>}} Api */

/** Every file by its name. @param {Api[]} apis */
export function files(apis) {
  const found = new Map(apis.map((api) => [api, definitions(api)]));
  const shared = sharedAmong([...found.values()]);
  const out = { "shared.ts": sharedFile(shared) };
  for (const [api, own] of found) {
    const { key } = naming(api);
    out[`${key}.ts`] = typesFile(api, own, shared);
    out[`${key}-calls.ts`] = callsFile(api);
  }
  return out;
}

function naming(api) {
  const found = CONTRACTS[api.contract_name];
  if (!found) throw new Error(`${api.contract_name} is no contract that this generator knows`);
  return found;
}

/** All named types of a contract, answers among them. @param {Api} api @returns {Map<string, string>} */
function definitions(api) {
  const found = new Map();
  const add = (name, schema) => {
    if (OWN.has(name)) return;
    const text = declaration(name, schema);
    if (found.has(name) && found.get(name) !== text) throw new Error(`${api.contract_name} has two types ${name}`);
    found.set(name, text);
  };
  for (const root of [api.execute, api.query, ...Object.values(api.responses)]) {
    for (const [name, schema] of Object.entries(root.definitions ?? {})) add(name, schema);
  }
  for (const { definitions: _, $schema: __, ...schema } of Object.values(api.responses)) {
    if (schema.title && isNamed(schema)) add(schema.title, schema);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isNamed = ({ type, oneOf, title }) => /^[A-Z]\w*$/.test(title) && (type === "object" || oneOf !== undefined);

/** Types that two contracts have in the same words, with all that they mention. */
function sharedAmong(contracts) {
  const shared = new Map();
  for (const own of contracts) {
    for (const [name, text] of own) {
      if (contracts.filter((other) => other.get(name) === text).length > 1) shared.set(name, text);
    }
  }
  for (const [name, text] of shared) {
    const names = [...new Set(contracts.flatMap((own) => [...own.keys()]))];
    const loose = mentioned(text, names).find((used) => used !== name && !shared.has(used));
    if (loose) shared.delete(name);
  }
  return new Map([...shared].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const sharedFile = (shared) =>
  `${HEAD}// Types that more than one contract uses.\n\n${[...shared.values()].join("\n")}`;

/** @param {Api} api */
function typesFile(api, own, shared) {
  const { prefix, key } = naming(api);
  const differing = [...own.keys()].filter((name) => shared.get(name) !== own.get(name));
  const body = [
    ...differing.map((name) => own.get(name)),
    messagesOf("ExecuteMsgs", `Messages of \`${api.contract_name}\` by name, each with what it carries.`, api.execute),
    messagesOf("QueryMsgs", `Queries of \`${api.contract_name}\` by name, each with what it asks.`, api.query),
    responsesOf(api),
    `/** One message, as it goes to the contract. */\nexport type ExecuteMsg = OneOf<ExecuteMsgs>;\n`,
    `/** One query, as it goes to the contract. */\nexport type QueryMsg = OneOf<QueryMsgs>;\n`,
    queriesClass(api, prefix),
  ].join("\n");
  const used = mentioned(
    body,
    [...shared.keys()].filter((name) => !differing.includes(name)),
  );
  const imports = used.length === 0 ? "" : `import type { ${used.join(", ")} } from "./shared.js";\n`;
  return `${HEAD}import type { OneOf, Queried } from "../contract.js";\n${imports}\n// ${key}: \`${api.contract_name}\`\n\n${body}`;
}

/** Name, description and arguments of each variant. */
function variants(schema) {
  return schema.oneOf.flatMap((variant) => {
    if (variant.enum) throw new Error(`a message without braces: ${variant.enum}`);
    const [name] = variant.required;
    return [{ name, description: variant.description, args: variant.properties[name] }];
  });
}

function messagesOf(name, about, schema) {
  const fields = variants(schema).map(
    (variant) =>
      `${comment(variant.description, "  ")}  ${variant.name}: ${typeOf(variant.args, variant.name, "  ")};\n`,
  );
  return `/** ${about} */\nexport interface ${name} {\n${fields.join("")}}\n`;
}

function responsesOf(api) {
  const fields = Object.entries(api.responses).map(([name, schema]) => {
    const { definitions: _, $schema: __, title, description: ___, ...rest } = schema;
    return `  ${name}: ${isNamed(schema) ? title : typeOf(rest, name, "  ")};\n`;
  });
  return `/** The answer to each query. */\nexport interface Responses {\n${fields.join("")}}\n`;
}

const takesNothing = ({ type, properties = {} }) => type === "object" && Object.keys(properties).length === 0;

function queriesClass(api, prefix) {
  const methods = variants(api.query).map(({ name, description, args }) => {
    const given = takesNothing(args) ? "" : `args: QueryMsgs["${name}"]`;
    const sent = takesNothing(args) ? "{}" : "args";
    return `${comment(description, "  ")}  ${camel(name)}(${given}): Promise<Responses["${name}"]> {
    return this.node.smart(this.address, { ${name}: ${sent} });
  }\n`;
  });
  return `/** Asks \`${api.contract_name}\`; fails as \`Queried.smart\` does. */
export class ${prefix}Queries {
  constructor(
    private readonly node: Queried,
    /** The contract's. */
    readonly address: string,
  ) {}

${methods.join("\n")}}\n`;
}

/** @param {Api} api */
function callsFile(api) {
  const { key } = naming(api);
  const calls = variants(api.execute).map(({ name, description, args }) => {
    const given = takesNothing(args) ? "" : `args: ExecuteMsgs["${name}"]`;
    const sent = takesNothing(args) ? "{}" : "args";
    return `${comment(description)}export function ${camel(name)}(${given}): ContractCall {
  return { contract: "${key}", msg: { ${name}: ${sent} } };
}\n`;
  });
  return `${HEAD}import type { ContractCall } from "../contract.js";\nimport type { ExecuteMsgs } from "./${key}.js";\n\n// Builds messages of \`${api.contract_name}\` for \`Vitals.send\`; sends nothing.\n\n${calls.join("\n")}`;
}
