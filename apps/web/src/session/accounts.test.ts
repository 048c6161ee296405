import { VitalsError } from "@cw-vitals/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { accountCache } from "../data/cache";
import * as accounts from "./accounts";
import { database } from "./database";
import { dataKeys, newDataKey } from "./envelope";

vi.mock("./passphrase", () => import("../test/passphrase"));

const PASSPHRASE = "correct horse battery";
const secrets = { mnemonic: "words words", identity: "AGE-SECRET-KEY-1TEST" };
const details = { address: "wasm1a", label: "Me", wallet: "local" as const, secrets, passphrase: PASSPHRASE };

beforeEach(() => accounts.keepAccount(details).then(() => undefined));
afterEach(() => accounts.forgetAccount("wasm1a"));

async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return error instanceof VitalsError ? error.code : String(error);
}

it("the passphrase opens what was kept, another does not", async () => {
  expect((await accounts.unlock("wasm1a", PASSPHRASE)).secrets).toEqual(secrets);
  expect(await code(accounts.unlock("wasm1a", "something else"))).toBe("session/passphrase");
});

it("the passphrase is proved by opening the account's key with it", async () => {
  await accounts.provePassphrase("wasm1a", PASSPHRASE);
  expect(await code(accounts.provePassphrase("wasm1a", "something else"))).toBe("session/passphrase");
});

it("nothing that is kept holds a secret in clear", async () => {
  const kept = await (await database()).getAll("accounts");
  const text = JSON.stringify(kept, (_key, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value,
  );
  expect(text).not.toContain("words words");
  expect(text).not.toContain("AGE-SECRET");
});

it("changed secrets are there after the next unlock", async () => {
  const { keys } = await accounts.unlock("wasm1a", PASSPHRASE);
  await accounts.saveSecrets("wasm1a", keys, { ...secrets, keyring: "new" });
  expect((await accounts.unlock("wasm1a", PASSPHRASE)).secrets.keyring).toBe("new");
});

it("a changed passphrase replaces the old one", async () => {
  await accounts.changePassphrase("wasm1a", PASSPHRASE, "another good one");
  expect(await code(accounts.unlock("wasm1a", PASSPHRASE))).toBe("session/passphrase");
  expect((await accounts.unlock("wasm1a", "another good one")).secrets).toEqual(secrets);
});

it("a short passphrase and an account that is known are refused, and change nothing", async () => {
  expect(await code(accounts.changePassphrase("wasm1a", PASSPHRASE, "short"))).toBe("session/passphrase_short");
  expect(await code(accounts.keepAccount(details))).toBe("session/known");
  expect((await accounts.unlock("wasm1a", PASSPHRASE)).secrets).toEqual(secrets);
});

it("secrets of another account, put in its place, do not open", async () => {
  await accounts.keepAccount({ ...details, address: "wasm1b" });
  const db = await database();
  const [a, b] = [await db.get("accounts", "wasm1a"), await db.get("accounts", "wasm1b")];
  if (!a || !b) throw new Error("both are kept");
  await db.put("accounts", { ...a, passphrase: b.passphrase, secrets: b.secrets });
  expect(await code(accounts.unlock("wasm1a", PASSPHRASE))).toBe("session/damaged");
  await accounts.forgetAccount("wasm1b");
});

it("what was opened comes back for the same keys, and for no other", async () => {
  const { keys } = await accounts.unlock("wasm1a", PASSPHRASE);
  const cache = accountCache("wasm1a", keys);
  await cache.put("chain/grants", { values: Float64Array.of(72) });
  expect((await cache.get("chain/grants"))?.value).toEqual({ values: Float64Array.of(72) });
  const other = accountCache("wasm1a", await dataKeys(newDataKey()));
  expect(await other.get("chain/grants")).toBeUndefined();
});

it("an entry of the cache that was altered is as none", async () => {
  const { keys } = await accounts.unlock("wasm1a", PASSPHRASE);
  const cache = accountCache("wasm1a", keys);
  await cache.put("a", 1);
  const db = await database();
  for (const entry of await db.getAll("cache")) {
    entry.sealed.bytes[0] = (entry.sealed.bytes[0] ?? 0) ^ 1;
    await db.put("cache", entry);
  }
  expect(await cache.get("a")).toBeUndefined();
});

it("what was put as being of one thing is forgotten together, and nothing else", async () => {
  const { keys } = await accounts.unlock("wasm1a", PASSPHRASE);
  const cache = accountCache("wasm1a", keys);
  await cache.put("first", 1, "readings/1/cardiac");
  await cache.put("second", 2, "readings/1/cardiac");
  await cache.put("third", 3, "readings/1/respiratory");
  await cache.put("fourth", 4);
  await cache.forget("readings/1/cardiac");
  const left = await Promise.all(["first", "second", "third", "fourth"].map((name) => cache.get(name)));
  expect(left.map((entry) => entry?.value)).toEqual([undefined, undefined, 3, 4]);
});

it("names in the cache tell nothing of what they are of", async () => {
  const { keys } = await accounts.unlock("wasm1a", PASSPHRASE);
  await accountCache("wasm1a", keys).put("readings/heart_rate", 1);
  const names = await (await database()).getAllKeys("cache");
  expect(names.every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
});

it("an account that is forgotten takes with it what was kept for it", async () => {
  const { keys } = await accounts.unlock("wasm1a", PASSPHRASE);
  await accountCache("wasm1a", keys).put("a", 1);
  await accounts.forgetAccount("wasm1a");
  expect((await (await database()).getAll("cache")).filter(({ address }) => address === "wasm1a")).toEqual([]);
  expect(await code(accounts.unlock("wasm1a", PASSPHRASE))).toBe("session/unknown");
});
