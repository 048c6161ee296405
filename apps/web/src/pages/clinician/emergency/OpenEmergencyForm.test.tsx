import type { EmergencyRequest } from "@cw-vitals/client/emergency";
import { VitalsError } from "@cw-vitals/client/errors";
import { expect, it, vi } from "vitest";
import { dataKeys, newDataKey } from "../../../session/envelope";
import { accountNotes } from "../../../session/notes";
import { press, type } from "../../../test/form";
import { acted, drawn } from "../../../test/render";
import { keptReason } from "./kept-reason";
import { OpenEmergencyForm } from "./OpenEmergencyForm";
import { reasonDigest } from "./reason";

const notes = accountNotes("wasm1doctor", await dataKeys(newDataKey()), true);
const session = { notes, secrets: {} };
const { openEmergency, download } = vi.hoisted(() => ({ openEmergency: vi.fn(), download: vi.fn() }));
vi.mock("../../../session/useSession", () => ({ useSession: () => session }));
vi.mock("../../../data/live", () => ({ useVitals: () => ({}) }));
vi.mock("../../../data/send", () => ({ useSend: () => ({ run: (work: () => Promise<unknown>) => work() }) }));
vi.mock("../../care/identity", () => ({ identityOf: async () => ({}) }));
vi.mock("@cw-vitals/client/emergency", () => ({ openEmergency }));
vi.mock("../../../ui/download", () => ({ download }));

const find = <Found extends Element>(place: ParentNode, what: string) => place.querySelector(what) as Found;

async function confirming(): Promise<HTMLElement> {
  const place = await drawn(<OpenEmergencyForm patient="7" longestS={3600} />);
  type(find<HTMLTextAreaElement>(place, "textarea"), "found on the stairs, alone");
  acted(() => find<HTMLFormElement>(place, "form").requestSubmit());
  const dialog = find<HTMLElement>(document, "dialog");
  acted(() => find<HTMLInputElement>(dialog, "input[type=checkbox]").click());
  return dialog;
}

it("the reason is kept before anything is sent, stays where sending fails, and is the same when it is tried again", async () => {
  const sent: string[] = [];
  const keptThen: unknown[] = [];
  openEmergency.mockImplementation(async (_vitals: unknown, _identity: unknown, { reason }: EmergencyRequest) => {
    sent.push(reason);
    keptThen.push(await keptReason(notes, await reasonDigest(reason)));
    throw new VitalsError("tx/failed", "no");
  });
  const dialog = await confirming();
  press(dialog, "Open an emergency");
  await vi.waitFor(() => expect(dialog.textContent).toContain("tx/failed"));
  press(dialog, "Open an emergency");
  await vi.waitFor(() => expect(keptThen).toHaveLength(2));
  expect(sent[0]).toMatch(/^found on the stairs, alone\n\n[0-9a-f]{32}\n$/);
  expect([sent[1], ...keptThen]).toEqual([sent[0], sent[0], sent[0]]);
});

it("the reason can be had as a file before anything is sent", async () => {
  const dialog = await confirming();
  press(dialog, "Save the written reason");
  await vi.waitFor(() => expect(download).toHaveBeenCalledOnce());
  expect(download.mock.calls[0]?.[0]).toMatch(/^emergency-7-unsent-\w{8}-reason\.txt$/);
});
