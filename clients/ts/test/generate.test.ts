import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

// @ts-expect-error the generator is plain JavaScript
import { files } from "../generate/contracts.mjs";
// @ts-expect-error as above
import { advice } from "../generate/errors.mjs";
// @ts-expect-error as above
import { comment, declaration, typeOf } from "../generate/types.mjs";

test("what is committed is what the schema and the advice give", () => {
  execFileSync("node", ["generate/main.mjs", "--check"], { stdio: "pipe" });
});

const api = (changes: object = {}) => ({
  contract_name: "care",
  execute: {
    oneOf: [
      {
        description: "Anybody: [`ends`] it.",
        required: ["end_it"],
        properties: {
          end_it: { type: "object", required: ["alert"], properties: { alert: { $ref: "#/definitions/Uint64" } } },
        },
      },
      { required: ["stop"], properties: { stop: { type: "object", additionalProperties: false } } },
    ],
    definitions: { Uint64: { type: "string" } },
  },
  query: {
    oneOf: [
      {
        required: ["ladder"],
        properties: { ladder: { type: "object", properties: { number: { type: ["integer", "null"] } } } },
      },
    ],
  },
  responses: {
    ladder: {
      title: "LadderInfo",
      type: "object",
      required: ["tiers"],
      properties: { tiers: { type: "array", items: { type: "integer" } } },
    },
  },
  ...changes,
});

test("a message becomes a function with its words, a query a method with its answer", () => {
  const written = files([api()]);
  expect(written["care-calls.ts"]).toContain(
    '/** Anybody: `ends` it. */\nexport function endIt(args: ExecuteMsgs["end_it"]): ContractCall {\n  return { contract: "care", msg: { end_it: args } };',
  );
  expect(written["care-calls.ts"]).toContain("export function stop(): ContractCall {");
  expect(written["care.ts"]).toContain('ladder(args: QueryMsgs["ladder"]): Promise<Responses["ladder"]>');
  expect(written["care.ts"]).toContain("export interface LadderInfo {\n  tiers: number[];\n}");
  expect(written["care.ts"]).toContain("number?: number | null;");
});

test("types that two contracts have in the same words are written once", () => {
  const written = files([api(), { ...api(), contract_name: "claims" }]);
  expect(written["shared.ts"]).toContain("export interface LadderInfo");
  expect(written["claims.ts"]).not.toContain("export interface LadderInfo");
  expect(written["claims.ts"]).toMatch(/import type \{.*LadderInfo.*\} from "\.\/shared\.js"/);
});

test("a keyword that the generator does not know stops it", () => {
  expect(() => typeOf({ type: "object", patternProperties: {} }, "here")).toThrow(
    "here: the schema's patternProperties",
  );
  expect(() => typeOf({ type: "tuple" }, "here")).toThrow("type tuple");
  expect(() => files([api({ contract_name: "unheard-of" })])).toThrow("unheard-of");
});

test("variants keep their own words, and a comment cannot end early", () => {
  const written = declaration("State", {
    oneOf: [
      { enum: ["open"], type: "string" },
      { description: "Over.", enum: ["closed"], type: "string" },
    ],
  });
  expect(written).toBe('export type State =\n  | "open"\n  /** Over. */\n  | "closed";\n');
  expect(comment("a */ b")).toBe("/** a *\\/ b */\n");
});

test("advice of programs that an application never meets is left out, and a bad line is refused", () => {
  const found = advice("# about\nvault/busy   try again\n\ngateway/disk   make room\nvault/*   see the text\n");
  expect([...found]).toEqual([
    ["vault/*", "see the text"],
    ["vault/busy", "try again"],
  ]);
  expect(() => advice("vault/busy")).toThrow("not a line of advice");
});
