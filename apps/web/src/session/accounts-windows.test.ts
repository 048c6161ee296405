/** Several windows of one browser at one account: what one keeps, no other undoes. */
import { isVitalsError } from "@cw-vitals/client/errors";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { accountCache } from "../data/cache";
import { meanwhile } from "../test/passphrase";
import * as accounts from "./accounts";
import { database } from "./database";
import { type DataKeys, dataKeys, newDataKey, seal } from "./envelope";

vi.mock("./passphrase", () => import("../test/passphrase"));
vi.mock("./passkey", () => ({
  makePasskey: async () => ({
    credentialId: new Uint8Array(1),
    salt: new Uint8Array(1),
    wrapped: await seal((await dataKeys(newDataKey())).secrets, new Uint8Array(1), "test"),
  }),
  openByPasskey: () => Promise.reject(new Error("not asked here")),
}));

const PASSPHRASE = "correct horse battery";
const NEXT = "another good passphrase";
const details = {
  address: "wasm1a",
  label: "Me",
  wallet: "local" as const,
  secrets: { identity: "AGE-SECRET-KEY-1TEST", keyring: "generation 2" },
  passphrase: PASSPHRASE,
};
let keys: DataKeys;

beforeEach(async () => {
  keys = (await accounts.keepAccount(details)).keys;
});
afterEach(() => accounts.forgetAccount("wasm1a"));

const code = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (isVitalsError(error) ? error.code : String(error)),
  );
const keptKeyring = async (passphrase = PASSPHRASE) => (await accounts.unlock("wasm1a", passphrase)).secrets.keyring;
const rotated = () => accounts.saveSecrets("wasm1a", keys, { keyring: "generation 3" });
const setUpAgain = async () => {
  await accounts.forgetAccount("wasm1a");
  await accounts.keepAccount({ ...details, secrets: { identity: "ANOTHER" } });
};

describe("keys that one window saves while another", () => {
  it("unlocks the account are kept, and are those it opens", async () => {
    meanwhile(rotated);
    expect(await keptKeyring()).toBe("generation 3");
    expect(await keptKeyring()).toBe("generation 3");
  });

  it("changes the passphrase are kept", async () => {
    meanwhile(rotated);
    await accounts.changePassphrase("wasm1a", PASSPHRASE, NEXT);
    expect(await keptKeyring(NEXT)).toBe("generation 3");
  });

  it("adds or removes a passkey are kept", async () => {
    meanwhile(rotated);
    await accounts.addPasskey("wasm1a", PASSPHRASE);
    expect([await accounts.hasPasskey("wasm1a"), await keptKeyring()]).toEqual([true, "generation 3"]);
    await accounts.removePasskey("wasm1a");
    expect([await accounts.hasPasskey("wasm1a"), await keptKeyring()]).toEqual([false, "generation 3"]);
  });

  it("saves something else are kept, and so is that", async () => {
    const saves = [rotated(), accounts.saveSecrets("wasm1a", keys, { agent: "memory" })];
    await Promise.all(saves);
    const { secrets } = await accounts.unlock("wasm1a", PASSPHRASE);
    expect(secrets).toEqual({ ...details.secrets, keyring: "generation 3", agent: "memory" });
  });
});

it("keys drawn upon others than those that are kept are refused, and change nothing", async () => {
  await rotated();
  const late = accounts.saveSecrets("wasm1a", keys, { keyring: "another 3" }, { keyring: "generation 2" });
  expect(await code(late)).toBe("keys/changed");
  expect(await keptKeyring()).toBe("generation 3");
});

describe("an account that another window removed", () => {
  it("is not brought back by a passphrase that was changed meanwhile", async () => {
    meanwhile(() => accounts.forgetAccount("wasm1a"));
    expect(await code(accounts.changePassphrase("wasm1a", PASSPHRASE, NEXT))).toBe("session/unknown");
    expect(await accounts.keptAccounts()).toEqual([]);
  });

  it("and set up again is not locked under the earlier one's key", async () => {
    meanwhile(setUpAgain);
    expect(await code(accounts.changePassphrase("wasm1a", PASSPHRASE, NEXT))).toBe("session/passphrase");
    expect(await code(accounts.saveSecrets("wasm1a", keys, { keyring: "old" }))).toBe("session/locked");
    expect((await accounts.unlock("wasm1a", PASSPHRASE)).secrets).toEqual({ identity: "ANOTHER" });
  });

  it("leaves nothing behind of what was opened and still on its way to be kept", async () => {
    await accounts.forgetAccount("wasm1a");
    await accountCache("wasm1a", keys).put("readings", 1);
    expect((await (await database()).getAll("cache")).filter(({ address }) => address === "wasm1a")).toEqual([]);
    const demo = accountCache("wasm1a", keys, true);
    await demo.put("readings", 1);
    expect((await demo.get("readings"))?.value).toBe(1);
  });
});
