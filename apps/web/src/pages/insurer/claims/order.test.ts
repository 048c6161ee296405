import { expect, it } from "vitest";
import type { ProductClaim } from "../data/queries";
import { awarded, byUrgency } from "./order";

const invoice = (claim: number, deadline: number | null, filed_at = 0): ProductClaim => ({
  product: "1",
  policy: "1",
  claim,
  claimant: "wasm1c",
  filed_at,
  paid: "0",
  state: "filed",
  evidence: { invoice: { claimed: "9", deposit: "1", digest: "", served_from: 0, served_until: 1, deadline } },
});

it("the nearest deadline comes first, closed ones last", () => {
  const order = byUrgency([invoice(1, null), invoice(2, 50), invoice(3, 20, 2), invoice(4, 20, 1)]);
  expect(order.map(({ claim }) => claim)).toEqual([4, 3, 2, 1]);
});

it("the last decision is the arbiter’s, else the assessor’s", () => {
  const claim = invoice(1, 5);
  const evidence = (claim.evidence as { invoice: object }).invoice;
  expect(awarded(claim)).toBe("0");
  Object.assign(evidence, { assessed: { award: "4", at: 1, by: "a" } });
  expect(awarded(claim)).toBe("4");
  Object.assign(evidence, { arbitrated: { award: "6", at: 2, by: "b" } });
  expect(awarded(claim)).toBe("6");
});
