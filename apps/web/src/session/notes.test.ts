import { expect, it } from "vitest";
import { forgetAccount } from "./accounts";
import { database } from "./database";
import { dataKeys, newDataKey } from "./envelope";
import { accountNotes } from "./notes";

const keys = await dataKeys(newDataKey());
const notes = accountNotes("wasm1a", keys, true);

it("a note is kept sealed, under a name that tells nothing, until it is removed", async () => {
  await notes.put("reason/1", { text: "found on the stairs" });
  expect(await notes.get("reason/1")).toEqual({ text: "found on the stairs" });
  const [kept] = await (await database()).getAll("notes");
  expect(JSON.stringify(kept)).not.toMatch(/reason|stairs/);
  expect(new TextDecoder("latin1").decode(kept?.sealed.bytes)).not.toMatch(/stairs/);
  await notes.remove("reason/1");
  expect(await notes.get("reason/1")).toBeUndefined();
});

it("another account, or other keys, find nothing", async () => {
  await notes.put("reason/1", "x");
  expect(await accountNotes("wasm1b", keys, true).get("reason/1")).toBeUndefined();
  expect(await accountNotes("wasm1a", await dataKeys(newDataKey()), true).get("reason/1")).toBeUndefined();
});

it("a note of an account that this browser does not know is refused, not lost without a word", async () => {
  await expect(accountNotes("wasm1gone", keys).put("reason/1", "x")).rejects.toMatchObject({ code: "session/unknown" });
});

it("goes with its account", async () => {
  await notes.put("reason/1", "x");
  await forgetAccount("wasm1a");
  expect(await notes.get("reason/1")).toBeUndefined();
});
