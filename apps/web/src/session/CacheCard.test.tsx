import { expect, it, vi } from "vitest";
import { accountCache } from "../data/cache";
import { press } from "../test/form";
import { drawn } from "../test/render";
import { ToastProvider } from "../ui/Toast";
import { CacheCard } from "./CacheCard";
import { dataKeys, newDataKey } from "./envelope";
import { accountNotes } from "./notes";

const keys = await dataKeys(newDataKey());
const cache = accountCache("wasm1a", keys, true);
const notes = accountNotes("wasm1a", keys, true);
vi.mock("./useSession", () => ({ useSession: () => ({ cache }) }));

it("what was opened goes; the names that a person gave stay, and the card says so", async () => {
  await cache.put("batch/1", { values: [72] });
  await notes.put("care/ward", { names: { 7: "Ada" } });
  const place = await drawn(
    <ToastProvider>
      <CacheCard />
    </ToastProvider>,
  );
  expect(place.textContent).toContain("the names you gave them");
  press(place, "Delete what was opened");
  await vi.waitFor(() => expect(place.textContent).toContain("What was opened is deleted."));
  expect(await cache.get("batch/1")).toBeUndefined();
  expect(await notes.get("care/ward")).toEqual({ names: { 7: "Ada" } });
});
