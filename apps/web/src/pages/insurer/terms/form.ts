/** The terms of a product as a form has them: texts as typed. Whether they can be met the core and the contract say. */
import type { BenefitMsg, EvidenceTermsMsg, PremiumMsg, Rule, TermsMsg } from "@cw-vitals/client/claims";
import type { Category, Measure } from "../../../data/measures";
import { typedOf } from "../../money/amount";
import { type DurationUnit, durationOf } from "../lib/duration";

export interface Typed {
  count: string;
  unit: DurationUnit;
}

export interface ConditionForm {
  measure: Measure;
  comparison: "at_least" | "at_most";
  threshold: string;
}

export interface TermsForm {
  benefit: "fixed" | "per_event" | "per_day";
  amount: string;
  /** Events or days paid at the most. */
  most: string;
  separation: Typed;
  premium: "once" | "instalments";
  payment: string;
  every: Typed;
  grace: Typed;
  minimumCharge: string;
  term: Typed;
  waiting: Typed;
  fileWithin: Typed;
  evidence: "disclosed" | "invoice";
  conditions: ConditionForm[];
  readings: string;
  spaced: Typed;
  within: Typed;
  anchoredWithin: Typed;
  assurance: Rule["min_assurance"];
  pairedFor: Typed;
  calibrated: boolean;
  questionable: boolean;
  simulated: boolean;
  /** Numbers of device models, separated by commas; any where empty. */
  models: string;
  category: Category;
  assessWithin: Typed;
  appealWithin: Typed;
  arbitrateWithin: Typed;
  silence: "approves" | "to_arbiter";
  arbiter: string;
  fee: string;
  reward: boolean;
  rewardMeasure: "dose_taken" | "steps";
  rewardLeast: string;
  rewardDays: string;
  rebate: string;
  rewardSimulated: boolean;
  /** SHA-256 of the terms in words, base64. */
  digest: string;
}

/** What texts mean: the denomination's digits, each measure's, and the language they are typed in. */
export interface Reading {
  digits: number;
  scale(measure: Measure): number;
  locale: string;
}

const typed = (seconds: number): Typed => {
  const { count, unit } = durationOf(seconds);
  return { count: String(count), unit };
};

const BLANK: TermsForm = {
  benefit: "per_event",
  amount: "",
  most: "1",
  separation: typed(86_400),
  premium: "once",
  payment: "",
  every: typed(2_592_000),
  grace: typed(1_209_600),
  minimumCharge: "0",
  term: typed(31_536_000),
  waiting: typed(0),
  fileWithin: typed(2_592_000),
  evidence: "disclosed",
  conditions: [{ measure: "heart_rate", comparison: "at_least", threshold: "120" }],
  readings: "10",
  spaced: typed(60),
  within: typed(3_600),
  anchoredWithin: typed(21_600),
  assurance: "maker",
  pairedFor: typed(0),
  calibrated: false,
  questionable: false,
  simulated: false,
  models: "",
  category: "cardiac",
  assessWithin: typed(1_209_600),
  appealWithin: typed(1_209_600),
  arbitrateWithin: typed(2_592_000),
  silence: "to_arbiter",
  arbiter: "",
  fee: "0",
  reward: false,
  rewardMeasure: "dose_taken",
  rewardLeast: "2",
  rewardDays: "30",
  rebate: "",
  rewardSimulated: false,
  digest: "",
};

/** Terms as a form shows them, for a template or an amendment. */
export function formOf(terms: TermsMsg, reading: Reading): TermsForm {
  return {
    ...BLANK,
    ...benefitForm(terms.benefit, reading),
    ...premiumForm(terms.premium, reading),
    ...evidenceForm(terms.evidence, reading),
    ...rewardForm(terms.reward, reading),
    minimumCharge: typedOf(terms.minimum_charge, reading.digits, reading.locale),
    term: typed(terms.term_s),
    waiting: typed(terms.waiting_s),
    fileWithin: typed(terms.file_within_s),
    digest: terms.terms_digest,
  };
}

function benefitForm(benefit: BenefitMsg, { digits, locale }: Reading): Partial<TermsForm> {
  if ("fixed" in benefit) return { benefit: "fixed", amount: typedOf(benefit.fixed.amount, digits, locale) };
  if ("per_day" in benefit) {
    const { amount, max_days } = benefit.per_day;
    return { benefit: "per_day", amount: typedOf(amount, digits, locale), most: String(max_days) };
  }
  const { amount, max_claims, separation_s } = benefit.per_event;
  return {
    benefit: "per_event",
    amount: typedOf(amount, digits, locale),
    most: String(max_claims),
    separation: typed(separation_s),
  };
}

function premiumForm(premium: PremiumMsg, { digits, locale }: Reading): Partial<TermsForm> {
  if ("once" in premium) return { premium: "once", payment: typedOf(premium.once.amount, digits, locale) };
  const { amount, every_s, grace_s } = premium.instalments;
  return {
    premium: "instalments",
    payment: typedOf(amount, digits, locale),
    every: typed(every_s),
    grace: typed(grace_s),
  };
}

function evidenceForm(evidence: EvidenceTermsMsg, reading: Reading): Partial<TermsForm> {
  if ("private" in evidence) return {};
  if ("invoice" in evidence) {
    const { category, assess_within_s, appeal_within_s, arbitrate_within_s, silence, arbiter, fee } = evidence.invoice;
    return {
      evidence: "invoice",
      category,
      assessWithin: typed(assess_within_s),
      appealWithin: typed(appeal_within_s),
      arbitrateWithin: typed(arbitrate_within_s),
      silence,
      arbiter,
      fee: typedOf(fee, reading.digits, reading.locale),
    };
  }
  const { rule, models } = evidence.disclosed;
  return {
    evidence: "disclosed",
    conditions: rule.conditions.map(({ measure, comparison, threshold }) => ({
      measure,
      comparison,
      threshold: typedOf(String(threshold), reading.scale(measure), reading.locale),
    })),
    readings: String(rule.readings),
    spaced: typed(rule.spaced_s),
    within: typed(rule.within_s),
    anchoredWithin: typed(rule.anchored_within_s),
    assurance: rule.min_assurance,
    pairedFor: typed(rule.paired_for_s),
    calibrated: rule.calibrated,
    questionable: rule.accept_questionable,
    simulated: rule.accept_simulated,
    models: models.join(", "),
  };
}

function rewardForm(reward: TermsMsg["reward"], { digits, locale }: Reading): Partial<TermsForm> {
  if (!reward) return { reward: false };
  return {
    reward: true,
    rewardMeasure: reward.measure === "steps" ? "steps" : "dose_taken",
    rewardLeast: String(reward.least_a_day),
    rewardDays: String(reward.days),
    rebate: typedOf(reward.rebate, digits, locale),
    rewardSimulated: reward.accept_simulated,
  };
}
