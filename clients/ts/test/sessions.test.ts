import { serializeSignDoc } from "@cosmjs/amino";
import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { fromHex, toBase64 } from "@cosmjs/encoding";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type Account, arbitrarySignDoc, localAccount } from "../src/account.js";
import { VitalsError } from "../src/errors.js";
import { withSessions } from "../src/sessions.js";
import { Vaults } from "../src/vaults.js";
import { WORDS } from "./config.js";
import { type Heard, refuse, serve } from "./vault-server.js";

const BLOB = new TextEncoder().encode("sealed");
const DIGEST = toBase64(sha256(BLOB));
const BATCH = { patient: "7", category: "cardiac", epoch: 490_000, device: "3", sequence: "1" } as const;
const GRANT = { grant: { id: 5 } };

let own: Account;
/** What the wallet was asked to sign: texts are shown. */
let prompts: (string | Uint8Array)[];
let says: () => Promise<void>;
const opened: { close: () => void }[] = [];

beforeEach(async () => {
  const local = await localAccount(WORDS, "wasm");
  prompts = [];
  says = () => Promise.resolve();
  own = {
    ...local,
    async signArbitrary(data) {
      prompts.push(data);
      await says();
      return local.signArbitrary(data);
    },
  };
});

afterEach(() => {
  vi.useRealTimers();
  for (const server of opened.splice(0)) server.close();
});

async function vault(handler: Parameters<typeof serve>[0] = (_, response) => response.end(BLOB)) {
  const server = await serve(handler);
  opened.push(server);
  return server;
}

async function reading(url: string, name = "ward") {
  const network = { chainId: "vitals-local-1", vaults: [{ name, url }] };
  const account = await withSessions(own, { ...network, vaults: [{ name: "ward", url }] });
  const vaults = new Vaults(network, account);
  return { account, vaults, read: () => vaults.getBatch(BATCH, DIGEST, "TREAT", GRANT) };
}

const sessionOf = (heard: Heard | undefined) => heard?.session?.text;

test("thirty reads at once and more after them are one prompt, which a person can read", async () => {
  const server = await vault();
  const { read } = await reading(server.url);
  await Promise.all(Array.from({ length: 30 }, read));
  for (let i = 0; i < 5; i += 1) await read();
  expect(server.heard).toHaveLength(35);
  expect(prompts).toHaveLength(1);
  const [text] = prompts;
  expect(text).toContain("It can store, change or erase nothing.");
  expect(text).toContain(`Chain: vitals-local-1\nAccount: ${own.address}\nVault: ward\n`);
  expect(text).toMatch(/^Until: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(\d+\)$/m);
});

test("each request has a nonce of its own, signed by the session's key for this delegation", async () => {
  const server = await vault();
  const { read } = await reading(server.url);
  await read();
  await read();
  expect(new Set(server.heard.map(({ payload }) => payload.nonce)).size).toBe(2);
  const [{ session, signed, payload }] = server.heard as [Heard];
  if (!session) throw new Error("no session");
  expect(payload).toMatchObject({ vault: "ward", account: own.address, method: "GET" });
  const document = sha256(serializeSignDoc(arbitrarySignDoc(session.text, own.address)));
  const byAccount = Secp256k1Signature.fromFixedLength(session.signature);
  expect(await Secp256k1.verifySignature(byAccount, document, signed.key)).toBe(true);
  const bytes = new Uint8Array(fromHex(/^Session key: ([0-9a-f]{64})$/m.exec(session.text)?.[1] ?? ""));
  const key = await crypto.subtle.importKey("raw", bytes, "Ed25519", true, ["verify"]);
  const domain = new TextEncoder().encode("cw-vitals/v1/vault/session-request\0");
  const id = sha256(new TextEncoder().encode(session.text));
  const digest = sha256(new Uint8Array([...domain, ...id, ...signed.payload]));
  expect(await crypto.subtle.verify("Ed25519", key, new Uint8Array(signed.signature), new Uint8Array(digest))).toBe(
    true,
  );
});

test("what stores or erases is signed by the account each time", async () => {
  const server = await vault((_, response) => response.end("{}"));
  const { vaults } = await reading(server.url);
  await vaults.putPackage("7", BLOB);
  await vaults.erase("7");
  expect(prompts).toHaveLength(2);
  expect(server.heard.map(sessionOf)).toEqual([undefined, undefined]);
});

test("a vault that the session does not name gets requests of the account", async () => {
  const server = await vault();
  const { read } = await reading(server.url, "another");
  await read();
  expect(sessionOf(server.heard[0])).toBeUndefined();
});

test("a vault that knows no sessions gets requests of the account", async () => {
  const server = await vault((heard, response) =>
    heard.session ? refuse(response, 401, "vault/authorization") : response.end(BLOB),
  );
  const { read } = await reading(server.url);
  expect(await read()).toEqual(BLOB);
  expect(await read()).toEqual(BLOB);
  expect(server.heard.map(({ session }) => session !== undefined)).toEqual([true, false, false]);
});

test("before a session ends another is begun, with a key of its own", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const server = await vault();
  const { read } = await reading(server.url);
  await read();
  vi.setSystemTime(Date.now() + 3_500_000);
  await read();
  expect(prompts).toHaveLength(1);
  vi.setSystemTime(Date.now() + 75_000);
  await Promise.all([read(), read()]);
  expect(prompts).toHaveLength(2);
  const keys = prompts.map((text) => /^Session key: (.*)$/m.exec(String(text))?.[1]);
  expect(new Set(keys).size).toBe(2);
});

test("a vault that ends sessions sooner gets another; one whose clock is wrong gets no prompt after prompt", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const server = await vault((heard, response) =>
    sessionOf(heard) === prompts[0] ? refuse(response, 401, "vault/session_expired") : response.end(BLOB),
  );
  const { read } = await reading(server.url);
  await expect(read()).rejects.toMatchObject({ code: "vault/session_expired" });
  await expect(read()).rejects.toMatchObject({ code: "vault/session_expired" });
  expect(prompts).toHaveLength(1);
  vi.setSystemTime(Date.now() + 120_000);
  expect(await Promise.all([read(), read(), read()])).toHaveLength(3);
  expect(prompts).toHaveLength(2);
});

test("a refusal is one for all that waits for it, and is asked about again by the next read alone", async () => {
  const server = await vault();
  const { read } = await reading(server.url);
  says = () => Promise.reject(new VitalsError("wallet/refused", "no"));
  const all = await Promise.allSettled([read(), read(), read()]);
  expect(all.map((one) => one.status === "rejected" && (one.reason as VitalsError).code)).toEqual(
    Array(3).fill("wallet/refused"),
  );
  expect(prompts).toHaveLength(1);
  says = () => Promise.resolve();
  expect(await read()).toEqual(BLOB);
  expect(server.heard).toHaveLength(1);
});

test("a session that was ended signs nothing more, though the user answers afterwards", async () => {
  const server = await vault();
  const { account, read } = await reading(server.url);
  await read();
  account.endSession?.();
  await expect(read()).rejects.toMatchObject({ code: "session/locked" });
  const late = await reading(server.url);
  says = () => Promise.resolve(late.account.endSession?.());
  await expect(late.read()).rejects.toMatchObject({ code: "session/locked" });
  expect(server.heard).toHaveLength(1);
});

test("the session's key cannot be taken out of the browser, and without Ed25519 the account is left as it is", async () => {
  const generate = vi.spyOn(crypto.subtle, "generateKey");
  const server = await vault();
  const { read } = await reading(server.url);
  await read();
  const made = (await generate.mock.results.at(-1)?.value) as CryptoKeyPair;
  await expect(crypto.subtle.exportKey("pkcs8", made.privateKey)).rejects.toThrow();
  generate.mockRejectedValue(new Error("not supported"));
  expect(await withSessions(own, { chainId: "c", vaults: [] })).toBe(own);
  generate.mockRestore();
});
