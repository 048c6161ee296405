import { expect, it, vi } from "vitest";
import { accountFile, openAccountFile } from "./account-file";
import { wrapWithPassphrase } from "./passphrase";
import type { OpenAccount } from "./types";

vi.mock("./passphrase", () => import("../test/passphrase"));

const network = { chainId: "vitals-local-1" };
const PASSPHRASE = "correct horse battery";
const secrets = { mnemonic: "words words", identity: "AGE-SECRET-KEY-1TEST", keyring: "a2V5cw==" };
const open = {
  account: { address: "wasm1guardian" },
  label: "Me",
  wallet: "local",
  secrets: { ...secrets, agent: "{}" },
} as unknown as OpenAccount;

it("an account's file gives back its words, its identity and its keys, under its passphrase alone", async () => {
  const file = await accountFile(network, open, PASSPHRASE);
  expect(new TextDecoder("latin1").decode(file)).not.toContain("words words");
  expect(await openAccountFile(network, file, PASSPHRASE)).toEqual({
    address: "wasm1guardian",
    label: "Me",
    wallet: "local",
    secrets,
  });
  await expect(openAccountFile(network, file, "another one")).rejects.toMatchObject({ code: "session/passphrase" });
});

it("an account without words or keys of its own has a file too", async () => {
  const insurer = { ...open, wallet: "keplr", secrets: { identity: "AGE-SECRET-KEY-1TEST" } } as OpenAccount;
  const read = await openAccountFile(network, await accountFile(network, insurer, PASSPHRASE), PASSPHRASE);
  expect(read.secrets).toEqual({ identity: "AGE-SECRET-KEY-1TEST" });
});

it("the file of another network is refused", async () => {
  const file = await accountFile({ chainId: "vitals-other-1" }, open, PASSPHRASE);
  await expect(openAccountFile(network, file, PASSPHRASE)).rejects.toMatchObject({ code: "session/account_file" });
});

const good = {
  cw_vitals: "account",
  version: 1,
  chain_id: network.chainId,
  address: "wasm1a",
  label: "",
  wallet: "leap",
};
it.each([
  ["no JSON", "AGE"],
  ["null", "null"],
  ["another kind", JSON.stringify({ ...good, cw_vitals: "device_pairing" })],
  ["another version", JSON.stringify({ ...good, version: 2 })],
  ["an unknown wallet", JSON.stringify({ ...good, wallet: "paper" })],
  ["no address", JSON.stringify({ ...good, address: undefined })],
  ["a number for an identity", JSON.stringify({ ...good, secrets: { identity: 7 } })],
])("a file that is something else is refused, and not quoted: %s", async (_, text) => {
  const file = await wrapWithPassphrase(PASSPHRASE, new TextEncoder().encode(text));
  const error = await openAccountFile(network, file, PASSPHRASE).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: "session/account_file", reason: expect.not.stringContaining("AGE") });
});
