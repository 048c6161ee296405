import { expect, it, vi } from "vitest";
import { acted, drawn } from "../../test/render";
import { type Followed, FollowedProvider, useFollowed } from "./followed";

const world = vi.hoisted(() => ({ notes: {} as object, found: {} as object }));
vi.mock("../../session/useSession", () => ({ useSession: () => ({ address: "a", notes: world.notes }) }));
vi.mock("../../data/chain", () => ({ useChain: () => world.found }));

let said: Followed;
function Probe() {
  said = useFollowed();
  return null;
}

/** One disk, for several windows. */
function disk(kept = new Map<string, unknown>()) {
  const get = async (name: string) => kept.get(name);
  const put = async (name: string, value: unknown) => void kept.set(name, value);
  return { kept, notes: { get, put } };
}

async function shown(notes: object, named: string[], cut = false): Promise<void> {
  world.notes = notes;
  world.found = { data: { named, cut } };
  const nobody = async () => ({ named: [], cut: false });
  await drawn(
    <FollowedProvider list="ward" discover={nobody}>
      <Probe />
    </FollowedProvider>,
  );
  await vi.waitFor(() => {
    acted(() => undefined);
    expect(said.known).toBe(true);
  });
}

it("whoever the index names is new until taken on, and whoever was taken on stays, though nothing names him", async () => {
  const { notes } = disk();
  await shown(notes, ["1", "2"]);
  expect(said).toMatchObject({ patients: [], fresh: ["1", "2"] });
  await said.add("2");
  await shown(notes, ["8", "9"], true);
  expect(said).toMatchObject({ patients: ["2"], fresh: ["8", "9"], cut: true });
});

it("a name is kept beside what another window kept meanwhile", async () => {
  const { kept, notes } = disk();
  await shown(notes, []);
  kept.set("care/ward", { added: ["5"], hidden: [], names: { 5: "Bo" } });
  await said.rename("1", "Ada");
  expect(kept.get("care/ward")).toEqual({ added: ["5", "1"], hidden: [], names: { 5: "Bo", 1: "Ada" } });
});

it("a list that does not open is told, and not begun anew; who is found is shown as new", async () => {
  const { kept, notes } = disk();
  const damaged = { ...notes, get: () => Promise.reject(new Error("damaged")) };
  await shown(damaged, ["1"]);
  expect(said.fresh).toEqual(["1"]);
  expect(said.unkept).toMatchObject({ message: "damaged" });
  await expect(said.add("1")).rejects.toThrow("damaged");
  expect(kept.size).toBe(0);
});
