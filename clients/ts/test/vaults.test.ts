import { serializeSignDoc } from "@cosmjs/amino";
import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { toBase64, toHex } from "@cosmjs/encoding";
import { afterEach, beforeAll, expect, test, vi } from "vitest";

import { type Account, arbitrarySignDoc, localAccount } from "../src/account.js";
import { VitalsError } from "../src/errors.js";
import type { VaultFault } from "../src/vault-fault.js";
import { groundText, Vaults } from "../src/vaults.js";
import { WORDS } from "./config.js";
import { refuse, serve } from "./vault-server.js";

const BLOB = new TextEncoder().encode("sealed");
const DIGEST = toBase64(sha256(BLOB));
const BATCH = { patient: "7", category: "cardiac", epoch: 490_000, device: "3", sequence: "1" } as const;
const GRANT = { grant: { id: 5 } };

let account: Account;
const opened: { close: () => void }[] = [];

beforeAll(async () => {
  account = await localAccount(WORDS, "wasm");
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const server of opened.splice(0)) server.close();
});

async function vault(...args: Parameters<typeof serve>) {
  const server = await serve(...args);
  opened.push(server);
  return server;
}

const networkOf = (urls: string[]) => ({ vaults: urls.map((url, i) => ({ name: `v${i}`, url })) });
const over = (...urls: string[]) => new Vaults(networkOf(urls), account);

function observed(urls: string[]) {
  const faults: VaultFault[] = [];
  return { faults, vaults: new Vaults(networkOf(urls), account, (fault) => faults.push(fault)) };
}
const read = (vaults: Vaults, signal?: AbortSignal) => vaults.getBatch(BATCH, DIGEST, "TREAT", GRANT, { signal });

test("a request is signed for one vault, one target and one body, for a minute", async () => {
  const server = await vault((_, response) => response.end());
  await over(server.url).putBlob({ patient: "7", category: "cardiac", epoch: 490_000 }, GRANT, BLOB);
  const [{ payload, signed, target, method }] = server.heard as [(typeof server.heard)[0]];
  expect([method, target]).toEqual(["PUT", `/v1/blobs/7/cardiac/490000/${toHex(sha256(BLOB))}?ground=grant:5`]);
  expect(payload).toMatchObject({
    version: 1,
    vault: "v0",
    account: account.address,
    method,
    target,
    body_digest: toHex(sha256(BLOB)),
  });
  expect(Number(payload.expires) - Date.now() / 1000).toBeGreaterThan(55);
  expect(payload.nonce).toMatch(/^[0-9a-f]{32}$/);
  const document = sha256(serializeSignDoc(arbitrarySignDoc(signed.payload, account.address)));
  expect(
    await Secp256k1.verifySignature(Secp256k1Signature.fromFixedLength(signed.signature), document, signed.key),
  ).toBe(true);
});

test("no two requests have one nonce", async () => {
  const server = await vault((_, response) => response.end(BLOB));
  await read(over(server.url));
  await read(over(server.url));
  expect(new Set(server.heard.map(({ payload }) => payload.nonce)).size).toBe(2);
});

test("what a vault gives is what the chain points to, or the next vault is asked", async () => {
  const liar = await vault((_, response) => response.end("other bytes"));
  const honest = await vault((_, response) => response.end(BLOB));
  expect(await read(over(liar.url, "http://127.0.0.1:1", honest.url))).toEqual(BLOB);
  await expect(read(over(liar.url))).rejects.toMatchObject({ code: "vault/digest" });
});

test("who asks to be told hears of each vault that was passed over, and from which one the bytes are", async () => {
  const liar = await vault((_, response) => response.end("other bytes"));
  const without = await vault((_, response) => refuse(response, 404, "vault/not_found"));
  const honest = await vault((_, response) => response.end(BLOB));
  const urls = [liar.url, without.url, "http://127.0.0.1:1", honest.url];
  const { vaults, faults } = observed(urls);
  expect(await read(vaults)).toEqual(BLOB);
  expect(faults.map(({ vault: name, kind, error, instead }) => [name, kind, error.code, instead])).toEqual([
    ["v0", "altered", "vault/digest", "v3"],
    ["v1", "refused", "vault/not_found", "v3"],
    ["v2", "silent", "vault/unreachable", "v3"],
  ]);
});

test("a vault that lies alone is told of too, with no other in its place, and one that is honest is not", async () => {
  const liar = await vault((_, response) => response.end("other bytes"));
  const honest = await vault((_, response) => response.end(BLOB));
  const alone = observed([liar.url]);
  await expect(read(alone.vaults)).rejects.toMatchObject({ code: "vault/digest" });
  expect(alone.faults).toMatchObject([{ vault: "v0", kind: "altered" }]);
  expect(alone.faults[0]).not.toHaveProperty("instead");
  const good = observed([honest.url, liar.url]);
  await read(good.vaults);
  expect(good.faults).toEqual([]);
});

test("a lie is told although the user gave up while the next vault was asked", async () => {
  const giveUp = new AbortController();
  const liar = await vault((_, response) => response.end("other bytes"));
  const slow = await vault(() => giveUp.abort());
  const { vaults, faults } = observed([liar.url, slow.url]);
  await expect(read(vaults, giveUp.signal)).rejects.toMatchObject({ name: "AbortError" });
  expect(faults).toMatchObject([{ vault: "v0", kind: "altered" }]);
});

test("of several failures the one is told that says most", async () => {
  const refusing = await vault((_, response) => refuse(response, 403, "consent/grant_revoked"));
  const without = await vault((_, response) => refuse(response, 404, "vault/not_found"));
  const liar = await vault((_, response) => response.end("other bytes"));
  const away = "http://127.0.0.1:1";
  await expect(read(over(away, without.url))).rejects.toMatchObject({ code: "vault/not_found" });
  await expect(read(over(away, liar.url, without.url))).rejects.toMatchObject({ code: "vault/digest" });
  await expect(read(over(away, liar.url, refusing.url, without.url))).rejects.toMatchObject({
    code: "consent/grant_revoked",
  });
  await expect(read(over(away))).rejects.toMatchObject({ code: "vault/unreachable" });
  await expect(read(over())).rejects.toMatchObject({ code: "vault/none" });
});

test("a vault that takes a request and says nothing is waited for once, and asked last for a minute", async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(1_000));
  vi.useFakeTimers({ toFake: ["Date"] });
  const hangs = await vault(() => undefined);
  const good = await vault((_, response) => response.end(BLOB));
  // another read is of other `Vaults`: it does not wait either
  for (let reads = 0; reads < 3; reads++) expect(await read(over(hangs.url, good.url))).toEqual(BLOB);
  expect([hangs.heard.length, good.heard.length]).toEqual([1, 3]);
  vi.setSystemTime(Date.now() + 60_000);
  await read(over(hangs.url, good.url));
  expect(hangs.heard.length).toBe(2);
  // it is asked where nobody else has it, and is as the others once it answers
  await expect(read(over(hangs.url))).rejects.toMatchObject({ code: "vault/unreachable" });
  expect(hangs.heard.length).toBe(3);
});

test("a sole vault that hangs is waited for once by a list of reads, and asked anew a little later", async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(1_000));
  vi.useFakeTimers({ toFake: ["Date"] });
  const hangs = await vault((_, response) => (hangs.heard.length <= 6 ? undefined : response.end(BLOB)));
  const gone = { code: "vault/unreachable" };
  const reads = () => Promise.allSettled(Array.from({ length: 6 }, () => read(over(hangs.url))));
  for (const one of await reads()) expect(one).toMatchObject({ reason: gone });
  // the next six of the list are not sent at all
  for (const one of await reads()) expect(one).toMatchObject({ reason: gone });
  expect(hangs.heard.length).toBe(6);
  vi.setSystemTime(Date.now() + 10_000);
  expect(await read(over(hangs.url))).toEqual(BLOB);
  expect(await read(over(hangs.url))).toEqual(BLOB);
});

test("a vault that was silent once has a few seconds to begin an answer, and what is written waits as ever", async () => {
  const later = globalThis.setTimeout;
  const waits: number[] = [];
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((act: () => void, ms: number, ...rest: unknown[]) => {
    // the others are of what sends requests
    if (ms !== 5_000 && ms !== 30_000) return later(act, ms, ...rest);
    waits.push(ms);
    return later(act, ms / 50);
  }) as typeof setTimeout);
  const hangs = await vault(() => undefined);
  const gone = { code: "vault/unreachable" };
  await expect(read(over(hangs.url))).rejects.toMatchObject(gone);
  await expect(read(over(hangs.url))).rejects.toMatchObject(gone);
  await expect(read(over(hangs.url))).rejects.toMatchObject(gone);
  await expect(over(hangs.url).putPackage("7", BLOB)).rejects.toMatchObject(gone);
  expect(waits).toEqual([30_000, 5_000, 30_000]);
});

test("a vault that answers again is asked in its turn, and one that refuses the connection is not waited for", async () => {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(1_000));
  const first = await vault((_, response) => (first.heard.length === 1 ? undefined : response.end(BLOB)));
  const without = await vault((_, response) => refuse(response, 404, "vault/not_found"));
  const both = over(first.url, without.url);
  await expect(read(both)).rejects.toMatchObject({ code: "vault/not_found" });
  await read(both);
  await read(both);
  expect([first.heard.length, without.heard.length]).toEqual([3, 2]);
});

test("a proxy's error page in a vault's place is a vault out of reach", async () => {
  const proxy = await vault((_, response) => response.writeHead(502).end("<html>"));
  await expect(read(over(proxy.url))).rejects.toMatchObject({ code: "vault/unreachable" });
  const other = await vault((_, response) => response.writeHead(404).end("<html>"));
  await expect(read(over(other.url))).rejects.toMatchObject({ code: "vault/answer" });
});

test("a signed request follows no redirect", async () => {
  const target = await vault((_, response) => response.end(BLOB));
  const server = await vault((_, response) => response.writeHead(302, { location: target.url }).end());
  await expect(read(over(server.url))).rejects.toMatchObject({ code: "vault/unreachable" });
  expect(target.heard).toHaveLength(0);
});

test("an answer without end is not read", async () => {
  const server = await vault((_, response) => response.writeHead(200, { "content-length": 1 << 30 }).end(BLOB));
  await expect(read(over(server.url))).rejects.toMatchObject({ code: "vault/answer" });
});

test("a vault that has no time just now is asked again, with a request of its own", async () => {
  const server = await vault((_, response) =>
    server.heard.length === 1 ? refuse(response, 429, "vault/rate") : response.end(BLOB),
  );
  expect(await read(over(server.url))).toEqual(BLOB);
  expect(new Set(server.heard.map(({ payload }) => payload.nonce)).size).toBe(2);
});

test("who gives up is not asked on by the next vault", async () => {
  const giveUp = new AbortController();
  const slow = await vault(() => giveUp.abort());
  const next = await vault((_, response) => response.end(BLOB));
  await expect(read(over(slow.url, next.url), giveUp.signal)).rejects.toMatchObject({ name: "AbortError" });
  expect(next.heard).toHaveLength(0);
});

test("a user who refuses to sign is not asked again for the next vault", async () => {
  const server = await vault((_, response) => response.end(BLOB));
  let asked = 0;
  const refusing: Account = {
    ...account,
    signArbitrary() {
      asked += 1;
      return Promise.reject(new VitalsError("wallet/refused", "no"));
    },
  };
  const vaults = new Vaults({ vaults: [1, 2].map((n) => ({ name: `v${n}`, url: server.url })) }, refusing);
  await expect(vaults.getBatch(BATCH, DIGEST, "TREAT", GRANT)).rejects.toMatchObject({ code: "wallet/refused" });
  expect(asked).toBe(1);
});

test("what one vault took is stored, and who did not take it is told", async () => {
  const takes = await vault((_, response) => response.end());
  const stored = await over("http://127.0.0.1:1", takes.url).putPackage("7", BLOB);
  expect(stored.digest).toBe(DIGEST);
  expect(stored.unreached.map(({ vault: name, error }) => [name, error.code])).toEqual([["v0", "vault/unreachable"]]);
  await expect(over("http://127.0.0.1:1").putPackage("7", BLOB)).rejects.toMatchObject({ code: "vault/unreachable" });
});

test("an alert's detail comes with the place that it is kept under", async () => {
  const server = await vault((_, response) => response.writeHead(200, { "vitals-place": "cardiac/490000" }).end(BLOB));
  const { place } = await over(server.url).getAlert("7", "2", DIGEST, { patient: {} });
  expect(place).toEqual({ patient: "7", category: "cardiac", epoch: 490_000 });
  const silent = await vault((_, response) => response.end(BLOB));
  await expect(over(silent.url).getAlert("7", "2", DIGEST, { patient: {} })).rejects.toMatchObject({
    code: "vault/answer",
  });
});

test("an erasure names its period, and each vault reports", async () => {
  const report = {
    patient: "7",
    blobs: 2,
    packages: 0,
    shares: 0,
    plans: 0,
    bytes: "12",
    leftovers: 0,
    digests: [],
    more: false,
  };
  const server = await vault((_, response) => response.end(JSON.stringify(report)));
  const { reports } = await over(server.url).erase("7", { category: "cardiac", window: { from: 1, to: 3 } });
  expect(server.heard[0]).toMatchObject({ method: "POST", target: "/v1/erase/7?category=cardiac&from=1&to=3" });
  expect(reports).toEqual([{ ...report, vault: "v0" }]);
  await over(server.url).erase("7");
  expect(server.heard[1]?.target).toBe("/v1/erase/7");
});

test("grounds are spelled as vaults spell them", () => {
  const grounds = [{ patient: {} }, { guardian: {} }, { grant: { id: 7 } }, { emergency: { id: 2 } }];
  expect(grounds.map(groundText)).toEqual(["patient", "guardian", "grant:7", "emergency:2"]);
});
