import { type Vitals, VitalsError } from "@cw-vitals/client";
import type { AlertInfo, PlanInfo } from "@cw-vitals/client/care";
import type { EmergencyInfo, ProposalInfo } from "@cw-vitals/client/consent";
import { describe, expect, it } from "vitest";
import { duties, type InCare, isRunning, lookAfter, quorumOf, recovers } from "./in-care";

const ME = "wasm1me";
const NOTHING: InCare = {
  patient: { patient: "7", controller: "wasm1p", generation: 0, pending: false, raised_at_ms: 0 },
  guardian: { live: true, powers: ["acknowledge", "revoke", "recover"], recovers_from: 100, recovers_until: 200 },
  quorums: {},
  proposals: [],
  recovery: { needed: 2, votes: [] },
  current: { newest: 0 },
  newest: undefined,
  emergencies: [],
  alerts: [],
};
const kinds = (change: Partial<InCare>, nowS = 150) =>
  duties({ ...NOTHING, ...change }, ME, nowS).map(({ kind }) => kind);
const open = { alert: "1", state: "open" } as AlertInfo;
const proposal = { proposal: "1", power: "revoke", approvals: ["wasm1other"] } as ProposalInfo;
const emergency = { emergency: "1", responder: "wasm1r", until: 500 } as EmergencyInfo;

describe("what waits for a guardian", () => {
  it("is nothing where nothing does", () => expect(kinds({})).toEqual([]));

  it("is each open alert and the newest plan while it is proposed, with the power to acknowledge", () => {
    const plan = { version: 2, state: "proposed" } as PlanInfo;
    const change = { alerts: [open, { ...open, state: "resolved" as const }], newest: plan };
    expect(kinds(change)).toEqual(["alert", "plan"]);
    expect(kinds({ ...change, newest: { ...plan, state: "withdrawn" } })).toEqual(["alert"]);
    expect(kinds({ ...change, guardian: { live: true, powers: ["read"] } })).toEqual([]);
    expect(kinds({ ...change, guardian: { live: false, powers: ["acknowledge"] } })).toEqual([]);
  });

  it("is a proposal it has not approved, of a power it has", () => {
    expect(kinds({ proposals: [proposal] })).toEqual(["proposal"]);
    expect(kinds({ proposals: [{ ...proposal, approvals: [ME] }] })).toEqual([]);
    expect(kinds({ proposals: [{ ...proposal, power: "grant" }] })).toEqual([]);
  });

  it("is to vote for an account others want, while its power to recover counts", () => {
    const votes = [{ guardian: "wasm1other", account: "wasm1new" }];
    const recovery = { needed: 2, votes, stage: { collecting: {} } };
    expect(kinds({ recovery })).toEqual(["vote"]);
    expect(kinds({ recovery }, 99)).toEqual([]);
    expect(kinds({ recovery }, 200)).toEqual([]);
    expect(kinds({ recovery: { ...recovery, votes: [...votes, { guardian: ME, account: "wasm1new" }] } })).toEqual([]);
  });

  it("is to complete a recovery once its delay is over", () => {
    const recovery = { needed: 2, votes: [], stage: { waiting: { account: "wasm1new", ready_at: 150 } } };
    expect(kinds({ recovery }, 149)).toEqual([]);
    expect(kinds({ recovery }, 150)).toEqual(["complete"]);
  });

  it("is to review an emergency that is not its own and was not reviewed", () => {
    expect(kinds({ emergencies: [emergency] })).toEqual(["review"]);
    expect(kinds({ emergencies: [{ ...emergency, responder: ME }] })).toEqual([]);
    expect(kinds({ emergencies: [{ ...emergency, review: { at: 1, upheld: true } }] })).toEqual([]);
  });
});

describe("powers", () => {
  it("to recover count after notice alone", () => {
    expect(recovers({ live: true, powers: ["recover"] }, 1e9)).toBe(false);
    expect(recovers({ live: true, powers: ["recover"], recovers_from: 5 }, 5)).toBe(true);
  });

  it("take one guardian to grant and all to recover, where nothing was set", () => {
    expect((["grant", "revoke", "recover", "read"] as const).map((power) => quorumOf({}, power))).toEqual([
      "one",
      "one",
      "all",
      "one",
    ]);
    expect(quorumOf({ recover: 2 }, "recover")).toBe(2);
  });

  it("over an emergency end with it", () => {
    expect([isRunning(emergency, 499), isRunning(emergency, 500), isRunning({ ...emergency, ended_at: 3 }, 4)]).toEqual(
      [true, false, false],
    );
  });
});

describe("patients who are looked up together", () => {
  /** Patient 7 is there, 404 is not, and of 503 the node says nothing. */
  const failing: Record<string, VitalsError> = {
    404: new VitalsError("state/not_found", "no such patient"),
    503: new VitalsError("node/unreachable", "no answer"),
  };
  const ask = async ({ patient }: { patient: string }) => {
    if (failing[patient]) throw failing[patient];
    return { patient, newest: 0, emergencies: [], alerts: [], proposals: [] };
  };
  const contract = new Proxy({}, { get: () => ask });
  const vitals = { consent: contract, care: contract } as unknown as Vitals;

  it("are each by themselves: one that does not exist takes nobody else away", async () => {
    const [there, absent] = await lookAfter(vitals, ["7", "404"], ME);
    expect(there).toMatchObject({ patient: "7", of: { patient: { patient: "7" } } });
    expect(absent).toEqual({ patient: "404", failed: { code: "state/not_found", reason: "no such patient" } });
  });

  it("are none where the node does not answer: that is of nobody", async () => {
    await expect(lookAfter(vitals, ["7", "503"], ME)).rejects.toMatchObject({ code: "node/unreachable" });
  });
});
