import { VitalsError } from "@cw-vitals/client/errors";
import { beforeEach, expect, it, vi } from "vitest";
import { box, press, type } from "../test/form";
import { drawn } from "../test/render";
import { ToastProvider } from "../ui/Toast";
import type { KeptAccount } from "./database";
import { Unlock } from "./Unlock";

const { unlock, unlockByPasskey } = vi.hoisted(() => ({ unlock: vi.fn(), unlockByPasskey: vi.fn() }));
vi.mock("./Session", () => ({ useSessionControl: () => ({ unlock, unlockByPasskey }) }));

const KEPT = { address: "wasm1me", label: "Me", wallet: "local", passkey: {} } as KeptAccount;
const signalOf = () => unlockByPasskey.mock.lastCall?.[1] as AbortSignal;

beforeEach(() => vi.resetAllMocks());

async function asking(): Promise<HTMLElement> {
  unlockByPasskey.mockReturnValue(new Promise(() => undefined));
  const place = await drawn(
    <ToastProvider>
      <Unlock kept={KEPT} onForgotten={() => undefined} />
    </ToastProvider>,
  );
  press(place, "Unlock with passkey");
  return place;
}

it("while the passkey's prompt hangs the passphrase unlocks, and the prompt goes", async () => {
  const place = await asking();
  type(box(place, "Passphrase"), "correct horse battery");
  expect(signalOf().aborted).toBe(false);
  press(place, "Unlock");
  expect(signalOf().aborted).toBe(true);
  expect(unlock).toHaveBeenCalledWith("wasm1me", "correct horse battery");
});

it("a prompt that hangs is given up without a word, and can be asked for again", async () => {
  const place = await asking();
  expect(place.textContent).not.toContain("Unlock with passkey");
  press(place, "Stop waiting for the passkey");
  await vi.waitFor(() => expect(place.textContent).toContain("Unlock with passkey"));
  expect(signalOf().aborted).toBe(true);
  expect(place.querySelector(".notice")).toBeNull();
  press(place, "Unlock with passkey");
  expect(signalOf().aborted).toBe(false);
});

it("a passkey that was refused is told, and the passphrase box stays as it was", async () => {
  unlockByPasskey.mockRejectedValue(new VitalsError("session/passkey", "refused"));
  const place = await drawn(
    <ToastProvider>
      <Unlock kept={KEPT} onForgotten={() => undefined} />
    </ToastProvider>,
  );
  type(box(place, "Passphrase"), "correct horse");
  press(place, "Unlock with passkey");
  await vi.waitFor(() => expect(place.textContent).toContain("session/passkey"));
  expect(box(place, "Passphrase").value).toBe("correct horse");
});
