import { beforeEach, expect, it, vi } from "vitest";
import { acted, drawn } from "../../../test/render";
import { ToastProvider } from "../../../ui/Toast";
import { Credentials } from "./CredentialsTab";
import type { Credential } from "./people";

const sent = vi.hoisted(() => vi.fn(async () => undefined));
vi.mock("../../../data", () => ({ useSend: () => ({ send: sent }), useChain: () => ({}) }));

const one = (change: Partial<Credential>): Credential => ({
  account: "wasm1responder",
  role: "emergency_responder",
  live: true,
  issuer: "board",
  until: 4_000_000_000,
  responder: { may_open: true, rejected: 0, unreviewed: 0 },
  ...change,
});
const suspended = { responder: { may_open: false, rejected: 1, unreviewed: 0 } };

async function shown(of: Credential, may = true) {
  const place = await drawn(
    <ToastProvider>
      <Credentials of={[of]} mayJudge={() => may} />
    </ToastProvider>,
  );
  const buttons = () => [...document.querySelectorAll("button")].filter((button) => button.textContent === "Reinstate");
  return { place, buttons };
}

beforeEach(() => sent.mockClear());

it("a suspended responder says so, and who attested it reinstates it", async () => {
  const { place, buttons } = await shown(one(suspended));
  expect(place.textContent).toContain("Suspended: an emergency was found wrong");
  acted(() => buttons()[0]?.click());
  acted(() => buttons().at(-1)?.click());
  await vi.waitFor(() => expect(sent).toHaveBeenCalledOnce());
  expect(sent).toHaveBeenCalledWith({ contract: "consent", msg: { reinstate: { responder: "wasm1responder" } } });
});

it("also once its credential is over", async () => {
  const { buttons } = await shown(one({ ...suspended, live: false }));
  expect(buttons()).toHaveLength(1);
});

it("nobody else has the button, nor is there one for who is in good standing", async () => {
  expect((await shown(one(suspended), false)).buttons()).toHaveLength(0);
  expect((await shown(one({}))).buttons()).toHaveLength(0);
  expect((await shown(one({ role: "clinician" }))).buttons()).toHaveLength(0);
});
