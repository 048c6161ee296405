import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { drawn } from "../../../test/render";
import { Doses } from "./Doses";

const world = vi.hoisted(() => ({ readings: {} as object, asked: 0 }));
vi.mock("../../../data/readings", () => ({ useReadings: () => world.readings }));
vi.mock("../../../data/live", () => ({ useHead: () => () => undefined }));
vi.mock("../../../session/useSession", () => ({ useSession: () => ({ address: "a" }) }));
vi.mock("../../../ui/Chart", () => ({ Chart: () => null }));
vi.mock("../../../worker/pool", () => ({
  core: () => ({
    ask: async () => {
      world.asked += 1;
      return { due: 21, taken: 0, onTime: 0, late: 0, missed: 21, pending: 0, extra: 0 };
    },
  }),
}));

const batch = { info: { measures: ["dose_taken"], last_at_ms: 1 } };
const WHOLE = { series: [], failures: [], awaited: [], error: undefined, away: false };
const medication = { first_at_ms: 0, every_ms: 3_600_000, doses: 1e6, early_ms: 1, on_time_ms: 1, late_ms: 1 };

async function shown(readings: object): Promise<HTMLElement> {
  world.readings = { ...WHOLE, ...readings };
  world.asked = 0;
  return drawn(
    <QueryClientProvider client={new QueryClient()}>
      <Doses patient="7" plan={{ medication: [medication] }} />
    </QueryClientProvider>,
  );
}

it("doses that were read whole are counted", async () => {
  const page = await shown({});
  await vi.waitFor(() => expect(page.textContent).toContain("0 of 21 doses taken"));
});

it.each([
  ["are being opened", { awaited: [batch.info] }, "not everything is opened"],
  ["were never read", { awaited: undefined }, "not everything is opened"],
  ["could not be opened", { failures: [batch] }, "something could not be opened"],
  ["were refused", { error: new Error("refused") }, "it could not be read"],
  ["are of earlier", { away: true }, "no connection"],
])("doses that %s are none that were missed", async (_, readings, why) => {
  const page = await shown(readings);
  expect(page.textContent).toContain(why);
  expect(page.textContent).not.toMatch(/Missed|doses taken|twice/);
  expect(world.asked).toBe(0);
});
