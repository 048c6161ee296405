import { beforeAll, expect, test } from "vitest";

import { Identity, loadCore } from "../src/core/index.js";
import type { GrantInfo, NamedGuardian } from "../src/generated/consent.js";
import { writePlan } from "../src/plans.js";
import { readersOf, type SealedDocument } from "../src/readers.js";
import type { Vaults } from "../src/vaults.js";
import type { Vitals } from "../src/vitals.js";

beforeAll(() => loadCore());

const HOUR = 490_000;
const PLAN: SealedDocument = { kind: "plan", patient: "7", categories: ["cardiac", "medication"], hour: HOUR };
const ALERT: SealedDocument = { kind: "alert_detail", patient: "7", categories: ["cardiac"], hour: HOUR };

const grant = (number: number, to: string | { team: string }, change: Partial<GrantInfo>): GrantInfo => ({
  grant: String(number),
  grantee: typeof to === "string" ? { account: to } : to,
  by: null,
  purposes: ["TREAT"],
  categories: ["cardiac", "medication"],
  actions: ["read"],
  window: { from: HOUR - 24, to: HOUR + 24 },
  valid_from: 0,
  valid_until: 2_000_000_000,
  revoked: false,
  package: null,
  ...change,
});

const guardian = (name: string, powers: NamedGuardian["info"]["powers"]): NamedGuardian => ({
  guardian: name,
  info: { live: true, powers, until: null, recovers_from: null, recovers_until: null },
});

interface World {
  grants?: GrantInfo[];
  guardians?: NamedGuardian[];
  members?: { account: string; joined: boolean }[];
  /** Whom consent refuses whatever is asked. */
  refused?: string[];
  /** Those who published nothing. */
  silent?: string[];
}

/** A chain whose consent permits what it is asked, but for those refused; who published what; each question. */
function chain(world: World) {
  const identities = new Map<string, Identity>();
  const identityOf = (account: string) => {
    const known = identities.get(account) ?? Identity.create();
    identities.set(account, known);
    return known;
  };
  const asked: { who: string; action: string; category: string }[] = [];
  const once = <T>(items: T[] | undefined, after: unknown) => (after == null ? (items ?? []) : []);
  const vitals = {
    account: { address: "author" },
    head: async () => ({ timeMs: HOUR * 3_600_000 }),
    consent: {
      patient: async () => ({ controller: "patient" }),
      grants: async ({ start_after }: { start_after: unknown }) => ({ grants: once(world.grants, start_after) }),
      guardians: async ({ start_after }: { start_after: unknown }) => ({
        guardians: once(world.guardians, start_after),
      }),
      members: async ({ start_after }: { start_after: unknown }) => ({ members: once(world.members, start_after) }),
      recipient: async ({ account }: { account: string }) => ({
        recipient: world.silent?.includes(account) ? null : identityOf(account).recipient,
      }),
      decide: async (question: { who: string; action: string; category: string }) => {
        asked.push(question);
        return world.refused?.includes(question.who)
          ? { refuse: { code: "consent/account_denied", reason: "denied" } }
          : { permit: { by: { patient: {} } } };
      },
    },
    care: { currentPlan: async () => ({ plan: null, newest: 0 }) },
    send: async () => ({ events: [] }),
  };
  return { vitals: vitals as unknown as Vitals, asked, identityOf };
}

const named = async (world: World, document: SealedDocument) => [
  ...(await readersOf(chain(world).vitals, document)).recipients.keys(),
];

test("a plan is for readers, writers, gateways, guardians who read, and members of teams", async () => {
  const world: World = {
    grants: [
      grant(1, "reader", {}),
      grant(2, "writer", { actions: ["write_plan"] }),
      grant(3, "gateway", { actions: ["seal"] }),
      grant(4, { team: "9" }, {}),
      grant(5, "receiver", { actions: ["receive_alerts"] }),
      grant(6, "half", { categories: ["cardiac"] }),
    ],
    guardians: [guardian("mother", ["read"]), guardian("neighbour", ["acknowledge"])],
    members: [
      { account: "nurse", joined: true },
      { account: "invited", joined: false },
    ],
  };
  expect((await named(world, PLAN)).sort()).toEqual(["gateway", "mother", "nurse", "reader", "writer"]);
});

test("an alert's detail is for receivers, readers and guardians who answer, and for no gateway", async () => {
  const world: World = {
    grants: [
      grant(1, "receiver", { actions: ["receive_alerts"] }),
      grant(2, "reader", {}),
      grant(3, "gateway", { actions: ["seal"] }),
      grant(4, "writer", { actions: ["write_plan"] }),
    ],
    guardians: [guardian("neighbour", ["acknowledge"]), guardian("revoker", ["revoke"])],
  };
  expect((await named(world, ALERT)).sort()).toEqual(["neighbour", "reader", "receiver"]);
});

test("who lost the right is no reader, and of a revoked grant nothing is asked", async () => {
  const world: World = { grants: [grant(1, "old", { revoked: true }), grant(2, "denied", {})], refused: ["denied"] };
  const { vitals, asked } = chain(world);
  const { recipients, without } = await readersOf(vitals, PLAN);
  expect([recipients.size, without]).toEqual([0, []]);
  expect(new Set(asked.map(({ who }) => who))).toEqual(new Set(["denied"]));
});

test("who may read and published nothing is told apart", async () => {
  const { recipients, without } = await readersOf(
    chain({ grants: [grant(1, "nurse", {})], silent: ["nurse"] }).vitals,
    PLAN,
  );
  expect([recipients.size, without]).toEqual([0, ["nurse"]]);
});

/** What was put in the vaults. */
async function written(world: World) {
  const { vitals, identityOf } = chain(world);
  let file = new Uint8Array();
  const vaults = {
    putPlan: async (_patient: string, _category: string, _ground: object, sealed: Uint8Array) => {
      file = sealed as Uint8Array<ArrayBuffer>;
      return { digest: "AA==" };
    },
  } as unknown as Vaults;
  const plan = { goals: [{ text: "Walk" }] };
  await writePlan(vitals, vaults, {
    patient: "7",
    plan,
    categories: ["cardiac"],
    ground: { grant: { id: 1 } },
  });
  return (account: string) => JSON.parse(new TextDecoder().decode(identityOf(account).open(file))).goals[0].text;
}

test("a plan opens for the patient, the author, a reader and the gateway, and newer ones not for who was revoked", async () => {
  const grants = [grant(1, "nurse", {}), grant(2, "gateway", { actions: ["seal"] })];
  const before = await written({ grants });
  for (const who of ["patient", "author", "nurse", "gateway"]) expect(before(who)).toBe("Walk");
  expect(() => before("stranger")).toThrow("does not open");
  const after = await written({ grants: [{ ...grants[0], revoked: true } as GrantInfo, grants[1] as GrantInfo] });
  for (const who of ["patient", "author", "gateway"]) expect(after(who)).toBe("Walk");
  expect(() => after("nurse")).toThrow("does not open");
});
