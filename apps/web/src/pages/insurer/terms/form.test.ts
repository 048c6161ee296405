import type { TermsMsg } from "@cw-vitals/client/claims";
import { describe, expect, it } from "vitest";
import { formOf, type Reading } from "./form";
import { termsOf } from "./read";

const reading: Reading = { digits: 6, scale: () => 1, locale: "de" };

const episodes: TermsMsg = {
  benefit: { per_event: { amount: "50000", max_claims: 3, separation_s: 86_400 } },
  premium: { instalments: { amount: "1500", every_s: 2_592_000, grace_s: 1_209_600 } },
  minimum_charge: "1000",
  term_s: 31_536_000,
  waiting_s: 1_209_600,
  file_within_s: 2_592_000,
  evidence: {
    disclosed: {
      rule: {
        conditions: [
          { measure: "heart_rate", comparison: "at_least", threshold: 1_205 },
          { measure: "oxygen_saturation", comparison: "at_most", threshold: 900 },
        ],
        readings: 10,
        spaced_s: 60,
        within_s: 1_800,
        anchored_within_s: 7_200,
        min_assurance: "maker",
        accept_questionable: false,
        paired_for_s: 1_209_600,
        calibrated: true,
        accept_simulated: false,
      },
      models: [1, 4],
    },
  },
  reward: { measure: "dose_taken", least_a_day: 2, days: 80, rebate: "600", accept_simulated: true },
  terms_digest: "q83v",
};

const invoices: TermsMsg = {
  ...episodes,
  benefit: { per_event: { amount: "200000", max_claims: 4, separation_s: 0 } },
  evidence: {
    invoice: {
      category: "cardiac",
      assess_within_s: 1,
      appeal_within_s: 2,
      arbitrate_within_s: 3,
      silence: "to_arbiter",
      arbiter: "wasm1arbiter",
      fee: "2000",
    },
  },
  reward: null,
};

describe("terms in a form", () => {
  it.each([
    ["of readings", episodes],
    ["of invoices", invoices],
    [
      "by the day",
      { ...episodes, benefit: { per_day: { amount: "1", max_days: 30 } }, premium: { once: { amount: "0" } } },
    ],
    ["once", { ...episodes, benefit: { fixed: { amount: "7" } } }],
  ] as [string, TermsMsg][])("%s come back as they were", (_, terms) => {
    expect(termsOf(formOf(terms, reading), reading)).toEqual({ terms });
  });

  it("have thresholds in the unit of their measure, in the language", () => {
    expect(formOf(episodes, reading).conditions[0]?.threshold).toBe("120,5");
  });

  it("name every field that is not readable", () => {
    const form = { ...formOf(episodes, reading), amount: "1.000", readings: "ten", models: "1, x", digest: "" };
    form.conditions = form.conditions.map((condition) => ({ ...condition, threshold: "" }));
    const read = termsOf(form, reading);
    expect("errors" in read && [...read.errors].sort()).toEqual([
      "amount",
      "conditions.0.threshold",
      "conditions.1.threshold",
      "digest",
      "models",
      "readings",
    ]);
  });

  it("do not ask for what the chosen kind leaves out", () => {
    const form = {
      ...formOf(invoices, reading),
      readings: "",
      separation: { count: "", unit: "day" as const },
      rebate: "",
    };
    expect("terms" in termsOf(form, reading)).toBe(true);
  });
});
