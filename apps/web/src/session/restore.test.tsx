import type { Network } from "@cw-vitals/client";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { accountFile, openAccountFile } from "./account-file";
import * as accounts from "./accounts";
import { SessionProvider, useSessionControl } from "./Session";
import type { OpenAccount } from "./types";

vi.mock("./passphrase", () => import("../test/passphrase"));
// the wallet has the account that its words name
vi.mock("./signer", () => ({
  signerOf: async (_network: Network, _wallet: string, { mnemonic }: { mnemonic: string }) => ({ address: mnemonic }),
}));

const PASSPHRASE = "correct horse battery";
const network = { local: true, chainId: "vitals-local-1" } as Network;
const secrets = { mnemonic: "wasm1guardian", identity: "AGE-SECRET-KEY-1TEST" };

let control: ReturnType<typeof useSessionControl>;
let root: Root;

function Look() {
  control = useSessionControl();
  return null;
}

beforeEach(async () => {
  root = createRoot(document.createElement("div"));
  root.render(
    <SessionProvider network={network}>
      <Look />
    </SessionProvider>,
  );
  await vi.waitFor(() => expect(control?.state.status).toBe("closed"));
});
afterEach(async () => {
  root.unmount();
  for (const { address } of await accounts.keptAccounts()) await accounts.forgetAccount(address);
});

async function fileOf(address: string) {
  const open = { account: { address }, label: "Me", wallet: "local", secrets } as unknown as OpenAccount;
  return openAccountFile(network, await accountFile(network, open, PASSPHRASE), PASSPHRASE);
}

it("an account from its file is open, and its passphrase unlocks it in this browser from then on", async () => {
  await control.restore(await fileOf("wasm1guardian"), PASSPHRASE);
  await vi.waitFor(() => expect(control.state).toMatchObject({ status: "open", open: { label: "Me", secrets } }));
  expect((await accounts.unlock("wasm1guardian", PASSPHRASE)).secrets).toEqual(secrets);
});

it("a file whose account the wallet does not have is refused, and nothing is kept of it", async () => {
  const other = await fileOf("wasm1other");
  await expect(control.restore(other, PASSPHRASE)).rejects.toMatchObject({ code: "wallet/other_account" });
  expect(await accounts.keptAccounts()).toEqual([]);
});

it("an account that the browser has is not put back to what its file says", async () => {
  const newer = { ...secrets, keyring: "newer" };
  const details = { label: "Me", wallet: "local" as const, passphrase: PASSPHRASE };
  await accounts.keepAccount({ ...details, address: "wasm1guardian", secrets: newer });
  const file = await fileOf("wasm1guardian");
  await expect(control.restore(file, PASSPHRASE)).rejects.toMatchObject({ code: "session/known" });
  expect((await accounts.unlock("wasm1guardian", PASSPHRASE)).secrets).toEqual(newer);
});
