import { expect, test } from "vitest";

import { attribute, eventsOf, expectEvent, type RawEvent } from "../src/chain-events.js";
import { matches } from "../src/follow.js";
import { loadNetwork } from "../src/network.js";
import { CONFIG } from "./config.js";

const { deployment } = loadNetwork(CONFIG);

const raw = (type: string, attributes: Record<string, string>): RawEvent => ({
  type,
  attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
});

test("events of the deployment's contracts are read, and those of others are not", () => {
  const events = eventsOf(deployment, [
    raw("wasm-granted", { _contract_address: "wasm1consent", patient: "7", grant: "1", msg_index: "0" }),
    raw("wasm-granted", { _contract_address: "wasm1another", patient: "7" }),
    raw("wasm-granted", { contract_address: "wasm1consent", patient: "7" }),
    raw("transfer", { _contract_address: "wasm1consent" }),
    raw("wasm", { _contract_address: "wasm1consent" }),
  ]);
  expect(events).toEqual([{ contract: "consent", kind: "granted", attributes: { patient: "7", grant: "1" } }]);
});

test("an attribute that comes twice is the first", () => {
  const attributes = [
    ...raw("", { _contract_address: "wasm1care", alert: "1" }).attributes,
    { key: "alert", value: "2" },
  ];
  expect(eventsOf(deployment, [{ type: "wasm-x", attributes }])[0]?.attributes).toEqual({ alert: "1" });
});

test("an event that is not there is an error, and so is what it does not say", () => {
  const [event] = eventsOf(deployment, [raw("wasm-enrolled", { _contract_address: "wasm1consent", patient: "7" })]);
  if (!event) throw new Error("no event");
  expect(attribute(expectEvent([event], "consent", "enrolled"), "patient")).toBe("7");
  expect(() => expectEvent([event], "care", "enrolled")).toThrow(expect.objectContaining({ code: "tx/no_event" }));
  expect(() => attribute(event, "grant")).toThrow(expect.objectContaining({ code: "tx/no_event" }));
});

test("a filter names patient, contracts and kinds, and all of them must fit", () => {
  const event = { contract: "consent", kind: "granted", attributes: { patient: "7" } } as const;
  expect(matches({}, event)).toBe(true);
  expect(matches({ patient: "7", contract: ["care", "consent"], kind: "granted" }, event)).toBe(true);
  expect(matches({ patient: "8" }, event)).toBe(false);
  expect(matches({ contract: "care" }, event)).toBe(false);
  expect(matches({ kind: ["revoked"] }, event)).toBe(false);
  expect(matches({ patient: "7" }, { ...event, attributes: {} })).toBe(false);
});
