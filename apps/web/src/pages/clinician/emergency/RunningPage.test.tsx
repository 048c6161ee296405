import { VitalsError } from "@cw-vitals/client/errors";
import { beforeEach, expect, it, vi } from "vitest";
import { drawn } from "../../../test/render";
import { RunningPage } from "./RunningPage";

const world = vi.hoisted(() => ({ monitored: {} as object, charts: [] as object[] }));
const nothing = vi.hoisted(() => () => null);
const UNTIL = 4_000_000_000;

vi.mock("./useEmergencyRead", () => ({ useEmergencyRead: () => world.monitored }));
vi.mock("./EndEmergency", () => ({ EndEmergency: nothing }));
vi.mock("../patient/Tiles", () => ({ Tiles: () => "the latest numbers" }));
vi.mock("../patient/News2Card", () => ({ News2Card: nothing }));
vi.mock("../../../ui/Chart", () => ({
  Chart: ({ readings }: { readings: object }) => void world.charts.push(readings),
}));
vi.mock("../../care/PatientName", () => ({ usePatientName: () => (patient: string) => patient }));
vi.mock("../../care/EmergencyCard", () => ({ EmergencyCard: nothing, standOf: () => "running" }));
vi.mock("../../../data/chain", () => ({
  useChain: () => ({ data: { emergency: "2", until: UNTIL }, error: undefined, stale: false, asOf: undefined }),
}));

const error = new VitalsError("emergency/shares_missing", "one custodian is away");
const window = { from: 0, to: 3_600_000 };

function monitored(held: number) {
  const times = new Float64Array(held);
  const series = [{ measure: "heart_rate", times, values: times, flags: new Uint8Array(held) }];
  const readings = { series, failures: [], error, stale: true };
  const columns = { times };
  const measured = { by: { cardiac: readings }, columns, errors: [error, error, error], retry: () => undefined };
  return { window, measured, reads: { cardiac: { window } }, assessed: {} };
}

beforeEach(() => {
  world.charts = [];
});

it("what was opened before is shown although no more can be read, and why is said once", async () => {
  world.monitored = monitored(3);
  const place = await drawn(<RunningPage />);
  expect(place.querySelectorAll("[role=alert]")).toHaveLength(1);
  expect(place.textContent).toContain("What was opened before is shown, with its age.");
  expect(place.textContent).toContain("the latest numbers");
  expect(world.charts.length).toBeGreaterThan(0);
  for (const readings of world.charts) expect(readings).toMatchObject({ error: undefined, stale: true });
});

it("where nothing was ever opened there is the reason alone, and no empty chart", async () => {
  world.monitored = monitored(0);
  const place = await drawn(<RunningPage />);
  expect(place.textContent).toContain("It could not be read");
  expect(place.textContent).not.toContain("What was opened before");
  expect(world.charts).toEqual([]);
});
