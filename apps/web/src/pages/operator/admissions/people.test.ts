import type { TransactionSeen } from "@cw-vitals/client";
import { expect, it } from "vitest";
import { attestedIn, type Credential, issuersIn, mayJudge, suspensionOf } from "./people";

const sent = (...msgs: Record<string, unknown>[]): TransactionSeen => ({
  hash: "A",
  height: 1,
  timeMs: 0,
  events: [],
  calls: msgs.map((msg) => ({ contract: "consent", sender: "owner", msg })),
});

it("an issuer attests what it was admitted for last, until it is removed", () => {
  const found = issuersIn([
    sent(
      { admit_issuer: { issuer: "a", roles: ["clinician"] } },
      { admit_issuer: { issuer: "b", roles: ["insurer"] } },
    ),
    sent({ admit_issuer: { issuer: "a", roles: ["custodian"] } }),
    sent({ remove_issuer: { issuer: "b" } }),
  ]);
  expect(found).toEqual([{ issuer: "a", roles: ["custodian"] }]);
});

it("messages to another contract admit nobody", () => {
  const other = {
    ...sent(),
    calls: [{ contract: "claims" as const, sender: "s", msg: { admit_issuer: { issuer: "x", roles: [] } } }],
  };
  expect(issuersIn([other])).toEqual([]);
});

it("a credential that was issued again is listed once", () => {
  const issue = (account: string, until: number) => ({ issue_credential: { account, role: "clinician", until } });
  expect(attestedIn([sent(issue("c", 1), issue("d", 1)), sent(issue("c", 2))])).toEqual([
    { account: "c", role: "clinician" },
    { account: "d", role: "clinician" },
  ]);
});

const responder = (standing: Partial<Credential["responder"] & object>): Credential => ({
  account: "r",
  role: "emergency_responder",
  live: true,
  issuer: "board",
  responder: { may_open: false, rejected: 0, unreviewed: 0, ...standing },
});

it("a responder is suspended by what was found wrong, and by a review from its deadline on", () => {
  expect(suspensionOf(responder({ rejected: 1 }), 0)).toBe("rejected");
  expect(suspensionOf(responder({ unreviewed: 1, review_by: 100 }), 100)).toBe("overdue");
  expect(suspensionOf(responder({ unreviewed: 1, review_by: 100 }), 99)).toBeUndefined();
  expect(suspensionOf({ account: "c", role: "clinician", live: true }, 1_000)).toBeUndefined();
});

it("the owner and who issued the credential judge it, and nobody else does", () => {
  const one = responder({ rejected: 1 });
  expect([mayJudge(one, "board", false), mayJudge(one, "owner", true), mayJudge(one, "other", false)]).toEqual([
    true,
    true,
    false,
  ]);
});
