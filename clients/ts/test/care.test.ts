import { sha256 } from "@cosmjs/crypto";
import { toBase64, toUtf8 } from "@cosmjs/encoding";
import { afterEach, beforeAll, expect, test } from "vitest";

import { type Account, localAccount } from "../src/account.js";
import { readAlert } from "../src/alerts.js";
import { Identity, loadCore, sealTo } from "../src/core/index.js";
import { Vaults } from "../src/vaults.js";
import type { Vitals } from "../src/vitals.js";
import { WORDS } from "./config.js";
import { serve } from "./vault-server.js";

let account: Account;
let close: () => void = () => undefined;

beforeAll(async () => {
  await loadCore();
  account = await localAccount(WORDS, "wasm");
});

afterEach(() => close());

/** A vault with one alert's detail, sealed to an identity, and the chain that points to it. */
async function alertOf(detail: object, identity: Identity) {
  const sealed = sealTo([identity.recipient], toUtf8(JSON.stringify(detail)));
  const server = await serve((_, response) =>
    response.writeHead(200, { "vitals-place": "cardiac/490000" }).end(sealed),
  );
  close = server.close;
  const info = { alert: "2", patient: "7", digest: toBase64(sha256(sealed)) };
  const vitals = { care: { alert: () => Promise.resolve(info) } } as unknown as Vitals;
  return { vitals, vaults: new Vaults({ vaults: [{ name: "home", url: server.url }] }, account) };
}

const ASKED = { patient: "7", alert: "2", ground: { patient: {} } };
const FINDING = {
  rule: 7,
  measure: "heart_rate",
  kind: "high",
  severity: "urgent",
  ladder: 1,
  from_ms: 1,
  to_ms: 2,
  simulated: true,
  evidence: [{ index: 0, value: 1300, at_ms: 1 }],
  explanation: null,
};

test("what the analysis found is read in units", async () => {
  const identity = Identity.create();
  const { vitals, vaults } = await alertOf(FINDING, identity);
  const { finding, place } = await readAlert(vitals, vaults, identity, ASKED);
  expect(finding?.evidence[0]).toMatchObject({ value: 130, measure: "heart_rate" });
  expect(place.epoch).toBe(490_000);
});

test("what is told of a device is read as it is", async () => {
  const identity = Identity.create();
  const { vitals, vaults } = await alertOf({ condition: "silent", device: "3" }, identity);
  const read = await readAlert(vitals, vaults, identity, ASKED);
  expect(read.finding).toBeUndefined();
  expect(read.detail).toEqual({ condition: "silent", device: "3" });
});

test("a detail opens for whom it is sealed to, and for nobody else", async () => {
  const { vitals, vaults } = await alertOf(FINDING, Identity.create());
  await expect(readAlert(vitals, vaults, Identity.create(), ASKED)).rejects.toMatchObject({
    code: expect.stringMatching(/^age/),
  });
});

test("an alert without a detail is told so before a vault is asked", async () => {
  const vitals = { care: { alert: () => Promise.resolve({ alert: "2" }) } } as unknown as Vitals;
  const vaults = new Vaults({ vaults: [] }, account);
  await expect(readAlert(vitals, vaults, Identity.create(), ASKED)).rejects.toMatchObject({ code: "alert/no_detail" });
});
