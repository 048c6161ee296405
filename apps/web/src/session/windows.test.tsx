/** Two windows of one browser: each with modules of its own, and the browser's own channel between them. */
import type { Network } from "@cw-vitals/client";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RoleLink } from "./role-link";

vi.mock("./passphrase", () => import("../test/passphrase"));
vi.mock("./signer", () => ({
  signerOf: async (_network: Network, _wallet: string, { mnemonic }: { mnemonic: string }) => ({ address: mnemonic }),
}));

const PASSPHRASE = "correct horse battery";
const NETWORK = { local: true } as Network;

type Control = ReturnType<typeof import("./Session").useSessionControl>;
interface Held {
  control?: Control;
}

function Look({ useControl, held }: { useControl(): Control; held: Held }) {
  held.control = useControl();
  return null;
}

async function opened() {
  vi.resetModules();
  const [{ SessionProvider, useSessionControl }, { keepAccount, forgetAccount }] = await Promise.all([
    import("./Session"),
    import("./accounts"),
  ]);
  const held: Held = {};
  const root = createRoot(document.createElement("div"));
  root.render(
    <SessionProvider network={NETWORK}>
      <Look useControl={useSessionControl} held={held} />
    </SessionProvider>,
  );
  await vi.waitFor(() => expect(held.control?.state.status).toBe("closed"));
  const control = () => {
    if (!held.control) throw new Error("the session was not drawn");
    return held.control;
  };
  return {
    keepAccount,
    forgetAccount,
    state: () => control().state,
    async act(does: (of: Control) => unknown) {
      await does(control());
      await soon();
    },
    close: () => root.unmount(),
  };
}
/** What other windows were told is heard, and drawn, by and by. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 100));
type Window = Awaited<ReturnType<typeof opened>>;

let windows: Window[];
const keep = (of: Window | undefined, address: string) =>
  of?.keepAccount({ address, label: "Me", wallet: "local", secrets: { mnemonic: address }, passphrase: PASSPHRASE });
const unlock = (of: Window | undefined, address: string) => of?.act(({ unlock: by }) => by(address, PASSPHRASE));
const state = (of: Window | undefined) => of?.state();

beforeEach(async () => {
  windows = [await opened(), await opened()];
  await keep(windows[0], "wasm1a");
  await keep(windows[0], "wasm1b");
});
afterEach(async () => {
  for (const of of windows) of.close();
  for (const address of ["wasm1a", "wasm1b"]) await windows[0]?.forgetAccount(address);
});
it("an account that is locked in one window is locked in all, and says so", async () => {
  const [one, two] = windows;
  for (const of of windows) await unlock(of, "wasm1a");
  await one?.act(({ lock }) => lock());
  expect(state(one)).toEqual({ status: "closed" });
  expect(state(two)).toEqual({ status: "closed", why: "elsewhere" });
});

it("another account in another window stays open", async () => {
  const [one, two] = windows;
  await unlock(one, "wasm1a");
  await unlock(two, "wasm1b");
  await one?.act(({ lock }) => lock());
  expect(state(two)?.status).toBe("open");
});

it("an account that one window removes is closed in all", async () => {
  const [one, two] = windows;
  await unlock(two, "wasm1a");
  await one?.forgetAccount("wasm1a");
  await soon();
  expect(state(two)).toEqual({ status: "closed", why: "removed" });
});

it("a window that nobody touched locks itself alone, since each looks whether somebody is there", async () => {
  const [one, two] = windows;
  for (const of of windows) await unlock(of, "wasm1a");
  await one?.act(({ lockIdle }) => lockIdle());
  expect(state(one)).toEqual({ status: "closed", why: "idle" });
  expect(state(two)?.status).toBe("open");
});

it("the account of a role link is each window's own", async () => {
  const [one, two] = windows;
  const link: RoleLink = { role: "operator", secrets: { mnemonic: "wasm1a" } };
  for (const of of windows) await of.act(({ openLink }) => openLink(link));
  await one?.act(({ lock }) => lock());
  expect(state(two)?.status).toBe("open");
});

it("a role link's window and one that unlocked the same account lock each by itself", async () => {
  const [one, two] = windows;
  const open = async () => {
    await one?.act(({ openLink }) => openLink({ role: "operator", secrets: { mnemonic: "wasm1a" } }));
    await unlock(two, "wasm1a");
  };
  await open();
  await one?.act(({ lock }) => lock());
  expect(state(two)?.status).toBe("open");
  await open();
  await two?.act(({ lock }) => lock());
  expect(state(one)?.status).toBe("open");
});

it("what one window saves is not undone by what the other saves next", async () => {
  const [one, two] = windows;
  for (const of of windows) await unlock(of, "wasm1a");
  await one?.act(({ saveSecrets }) => saveSecrets({ keyring: "generation 3" }));
  await two?.act(({ saveSecrets }) => saveSecrets({ agent: "memory" }));
  const kept = state(two);
  expect(kept?.status === "open" && kept.open.secrets).toEqual({
    mnemonic: "wasm1a",
    keyring: "generation 3",
    agent: "memory",
  });
});
