import { VitalsError } from "@cw-vitals/client/errors";
import { beforeEach, expect, it, vi } from "vitest";
import { press, type } from "../test/form";
import { drawn } from "../test/render";
import { ToastProvider } from "../ui/Toast";
import { AccountFileCard } from "./AccountFileCard";
import { accountFile } from "./account-file";
import * as accounts from "./accounts";
import { PasskeyCard } from "./PasskeyCard";
import { PassphraseCard } from "./PassphraseCard";

vi.mock("./accounts");
vi.mock("./account-file");
vi.mock("./useSession", () => ({ useSession: () => ({ address: "wasm1a", wallet: "local", network: {} }) }));

beforeEach(() => vi.resetAllMocks());

const filled = (place: Element, texts: readonly string[]) => {
  for (const [i, text] of texts.entries())
    type([...place.querySelectorAll<HTMLInputElement>("input[type=password]")][i], text);
};

it("a new passphrase that was not typed the same twice is not taken", async () => {
  const place = await drawn(
    <ToastProvider>
      <PassphraseCard address="wasm1a" />
    </ToastProvider>,
  );
  filled(place, ["the passphrase of now", "another good one", "another god one"]);
  press(place, "Change the passphrase");
  expect(accounts.changePassphrase).not.toHaveBeenCalled();
  expect(place.textContent).toContain("The two are not the same.");
  filled(place, ["the passphrase of now", "another good one", "another good one"]);
  press(place, "Change the passphrase");
  expect(accounts.changePassphrase).toHaveBeenCalledWith("wasm1a", "the passphrase of now", "another good one");
});

it("the account's file is saved by its passphrase alone", async () => {
  vi.mocked(accounts.provePassphrase).mockRejectedValueOnce(new VitalsError("session/passphrase", "another"));
  const place = await drawn(
    <ToastProvider>
      <AccountFileCard />
    </ToastProvider>,
  );
  filled(place, ["a guess"]);
  press(place, "Save the file");
  await vi.waitFor(() => expect(place.textContent).toContain("The passphrase is another one"));
  expect(accounts.provePassphrase).toHaveBeenCalledWith("wasm1a", "a guess");
  expect(accountFile).not.toHaveBeenCalled();
  press(place, "Save the file");
  await vi.waitFor(() => expect(accountFile).toHaveBeenCalledOnce());
});

it("a passkey is removed after its consequences were confirmed, and can be added again", async () => {
  vi.mocked(accounts.hasPasskey).mockResolvedValueOnce(true).mockResolvedValue(false);
  const place = await drawn(
    <ToastProvider>
      <PasskeyCard address="wasm1a" />
    </ToastProvider>,
  );
  await vi.waitFor(() => expect(place.textContent).toContain("Remove this passkey"));
  press(place, "Remove this passkey");
  expect(place.querySelector("dialog")?.textContent).toContain("only the passphrase unlocks it here");
  expect(accounts.removePasskey).not.toHaveBeenCalled();
  press(place, "Remove this passkey");
  expect(accounts.removePasskey).toHaveBeenCalledWith("wasm1a");
  await vi.waitFor(() => expect(place.textContent).not.toContain("Remove this passkey"));
});
