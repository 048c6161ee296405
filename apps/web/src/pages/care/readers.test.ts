import type { Vitals } from "@cw-vitals/client";
import { describe, expect, it } from "vitest";
import { planReaders } from "./readers";

const grant = (change: object) => ({ grant: "1", revoked: false, valid_from: 0, valid_until: 1_000, ...change });

/** A chain on which those listed may read, and those with a recipient published one. */
function chain(world: {
  grants: object[];
  members?: object[];
  guardians?: string[];
  may: string[];
  published: string[];
}) {
  const once =
    <T>(items: T[]) =>
    (asked: { start_after: unknown }) =>
      asked.start_after == null ? items : [];
  const consent = {
    patient: async () => ({ controller: "patient" }),
    grants: async (asked: { start_after: unknown }) => ({ grants: once(world.grants)(asked) }),
    guardians: async (asked: { start_after: unknown }) => ({
      guardians: once((world.guardians ?? []).map((guardian) => ({ guardian })))(asked),
    }),
    members: async (asked: { start_after: unknown }) => ({ members: once(world.members ?? [])(asked) }),
    decide: async ({ who, action }: { who: string; action: string }) =>
      action === "read" && world.may.includes(who)
        ? { permit: { by: { grant: { id: 1 } } } }
        : { refuse: { code: "c", reason: "r" } },
    recipient: async ({ account }: { account: string }) => ({
      recipient: world.published.includes(account) ? "age1" : null,
    }),
  };
  return { consent } as unknown as Vitals;
}
const WANTED = { patient: "7", author: "author", categories: ["cardiac" as const], nowMs: 500_000 };

describe("readers of a plan", () => {
  it("are grantees, members of teams and guardians whom the contract lets read it", async () => {
    const world = {
      grants: [grant({ grantee: { account: "gateway" } }), grant({ grant: "2", grantee: { team: "4" } })],
      members: [
        { account: "nurse", joined: true },
        { account: "invited", joined: false },
      ],
      guardians: ["mother", "denied"],
      may: ["gateway", "nurse", "mother", "invited"],
      published: ["gateway", "nurse", "mother", "denied", "invited"],
    };
    expect(await planReaders(chain(world), WANTED)).toEqual({ accounts: ["gateway", "nurse", "mother"], without: [] });
  });

  it("are not asked about where the grant is over, nor are author and patient, who read it anyway", async () => {
    const over = grant({ grantee: { account: "old" }, valid_until: 400 });
    const own = grant({ grant: "2", grantee: { account: "author" } });
    const world = {
      grants: [over, own],
      guardians: ["patient"],
      may: ["old", "author", "patient"],
      published: ["old"],
    };
    expect(await planReaders(chain(world), WANTED)).toEqual({ accounts: [], without: [] });
  });

  it("without a recipient are told apart: nothing can be encrypted to them", async () => {
    const world = { grants: [grant({ grantee: { account: "gateway" } })], may: ["gateway"], published: [] };
    expect(await planReaders(chain(world), WANTED)).toEqual({ accounts: [], without: ["gateway"] });
  });
});
