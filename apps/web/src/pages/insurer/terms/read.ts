/** A form's texts as a message's terms, or the fields that are none. Whether terms can be met the core and the contract say. */
import type { BenefitMsg, EvidenceTermsMsg, PremiumMsg, Rule, TermsMsg } from "@cw-vitals/client/claims";
import { parseAmount } from "../../money/amount";
import { secondsOf } from "../lib/duration";
import type { ConditionForm, Reading, TermsForm, Typed } from "./form";

/** Names of fields whose text is nothing of the kind; `conditions.0.threshold` of the first condition. */
export type FieldErrors = ReadonlySet<string>;

export type Read = { terms: TermsMsg } | { errors: FieldErrors };

/** The message's terms, or the fields that are not readable. */
export function termsOf(form: TermsForm, reading: Reading): Read {
  const errors = new Set<string>();
  const checked = <Value>(name: string, value: Value | undefined, otherwise: Value): Value => {
    if (value === undefined) errors.add(name);
    return value ?? otherwise;
  };
  const amount = (name: string, text: string) => checked(name, parseAmount(text, reading.digits, reading.locale), "0");
  const whole = (name: string, text: string) => checked(name, wholeOf(text), 0);
  const time = (name: string, { count, unit }: Typed) => checked(name, secondsOf(count, unit), 0);

  const benefit = (): BenefitMsg => {
    const sum = amount("amount", form.amount);
    if (form.benefit === "fixed") return { fixed: { amount: sum } };
    const most = whole("most", form.most);
    if (form.benefit === "per_day") return { per_day: { amount: sum, max_days: most } };
    // invoices keep no distance
    const separation_s = form.evidence === "invoice" ? 0 : time("separation", form.separation);
    return { per_event: { amount: sum, max_claims: most, separation_s } };
  };
  const premium = (): PremiumMsg => {
    const payment = amount("payment", form.payment);
    if (form.premium === "once") return { once: { amount: payment } };
    return { instalments: { amount: payment, every_s: time("every", form.every), grace_s: time("grace", form.grace) } };
  };
  const condition = ({ measure, comparison, threshold }: ConditionForm, place: number) => ({
    measure,
    comparison,
    threshold: Number(
      checked(`conditions.${place}.threshold`, parseAmount(threshold, reading.scale(measure), reading.locale), "0"),
    ),
  });
  const evidence = (): EvidenceTermsMsg => {
    if (form.evidence === "invoice") {
      return {
        invoice: {
          category: form.category,
          assess_within_s: time("assessWithin", form.assessWithin),
          appeal_within_s: time("appealWithin", form.appealWithin),
          arbitrate_within_s: time("arbitrateWithin", form.arbitrateWithin),
          silence: form.silence,
          arbiter: checked("arbiter", form.arbiter.trim() || undefined, ""),
          fee: amount("fee", form.fee),
        },
      };
    }
    const rule: Rule = {
      conditions: form.conditions.map(condition),
      readings: whole("readings", form.readings),
      spaced_s: time("spaced", form.spaced),
      within_s: time("within", form.within),
      anchored_within_s: time("anchoredWithin", form.anchoredWithin),
      min_assurance: form.assurance,
      accept_questionable: form.questionable,
      paired_for_s: time("pairedFor", form.pairedFor),
      calibrated: form.calibrated,
      accept_simulated: form.simulated,
    };
    return { disclosed: { rule, models: checked("models", modelsOf(form.models), []) } };
  };
  const terms: TermsMsg = {
    benefit: benefit(),
    premium: premium(),
    minimum_charge: amount("minimumCharge", form.minimumCharge),
    term_s: time("term", form.term),
    waiting_s: time("waiting", form.waiting),
    file_within_s: time("fileWithin", form.fileWithin),
    evidence: evidence(),
    reward: form.reward
      ? {
          measure: form.rewardMeasure,
          least_a_day: whole("rewardLeast", form.rewardLeast),
          days: whole("rewardDays", form.rewardDays),
          rebate: amount("rebate", form.rebate),
          accept_simulated: form.rewardSimulated,
        }
      : null,
    terms_digest: checked("digest", form.digest || undefined, ""),
  };
  return errors.size > 0 ? { errors } : { terms };
}

function wholeOf(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}

function modelsOf(text: string): number[] | undefined {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const numbers = parts.map(wholeOf);
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}
