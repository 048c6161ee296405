import type * as claims from "@cw-vitals/client/claims";
import { useIntl } from "react-intl";
import { MEASURE, type Measure } from "../../../data/measures";
import { useT } from "../../../i18n";
import { useMeasureFormat } from "../../../ui/Measure";
import type { Level } from "../../../ui/State";
import { useDuration } from "../../care/duration";
import { useSumText } from "../../money/Sum";
import { benefit, evidenceKind, premium } from "./terms";

/** What a product pays for, what it costs and when, in sentences. */
export function useTermSentences(product: claims.ProductInfo): string[] {
  const t = useT();
  const lasts = useDuration();
  const amount = useSumText(product.denom);
  const reward = useRewardSentence(product);
  const rule = useRuleSentences();
  const { terms } = product;
  const paid = benefit(terms);
  const cost = premium(terms);
  const kind = evidenceKind(terms);
  const pays = { amount: amount(paid.amount), most: paid.most };
  const sentences = [
    paid.kind === "per_event"
      ? t("patient.terms.pays.per_event", { ...pays, apart: lasts(paid.separationS) })
      : t(`patient.terms.pays.${paid.kind}`, pays),
    ...("disclosed" in terms.evidence ? rule(terms.evidence.disclosed.rule) : [t(`patient.terms.evidence.${kind}`)]),
    cost.everyS === undefined
      ? t("patient.terms.premium.once", { amount: amount(cost.first) })
      : t("patient.terms.premium.instalments", { amount: amount(cost.first), every: lasts(cost.everyS) }),
    t("patient.terms.term", {
      term: lasts(terms.term_s),
      waiting: lasts(terms.waiting_s),
      hasWaiting: terms.waiting_s > 0 ? "yes" : "no",
    }),
    t(kind === "invoice" ? "patient.terms.file.invoice" : "patient.terms.file", { within: lasts(terms.file_within_s) }),
  ];
  if ("invoice" in terms.evidence) {
    const { assess_within_s, silence, fee } = terms.evidence.invoice;
    sentences.push(t(`patient.terms.invoice.${silence}`, { within: lasts(assess_within_s), deposit: amount(fee) }));
  }
  return reward ? [...sentences, reward] : sentences;
}

/** What part of the premium comes back for; nothing where the product has no reward. */
export function useRewardSentence({ terms: { reward }, denom }: claims.ProductInfo): string | undefined {
  const t = useT();
  const amount = useSumText(denom);
  if (!reward) return undefined;
  const { measure, least_a_day, days, rebate } = reward;
  return t("patient.terms.reward", {
    amount: amount(rebate),
    days,
    measure: t(`measures.${measure}`),
    least: inUnit(measure, least_a_day),
  });
}

/** When readings count. */
export function useRuleSentences(): (rule: claims.Rule) => string[] {
  const t = useT();
  const lasts = useDuration();
  const intl = useIntl();
  const format = useMeasureFormat();
  return (rule) => {
    const conditions = rule.conditions.map(({ measure, comparison, threshold }) =>
      t(`patient.rule.${comparison}`, {
        measure: t(`measures.${measure}`),
        value: format(measure, inUnit(measure, threshold)),
      }),
    );
    const needs = [
      t(`patient.rule.assurance.${rule.min_assurance}`),
      ...(rule.calibrated ? [t("patient.rule.calibrated")] : []),
      ...(rule.paired_for_s > 0 ? [t("patient.rule.paired", { for: lasts(rule.paired_for_s) })] : []),
      t("patient.rule.anchored", { within: lasts(rule.anchored_within_s) }),
    ];
    return [
      t("patient.rule.readings", {
        conditions: intl.formatList(conditions),
        count: rule.readings,
        apart: lasts(rule.spaced_s),
        within: lasts(rule.within_s),
      }),
      intl.formatList(needs),
      ...(rule.accept_simulated ? [t("patient.rule.simulated")] : []),
    ];
  };
}

const inUnit = (measure: Measure, fixed: number) => fixed / 10 ** MEASURE[measure].scale;

export const POLICY_LEVEL: Record<claims.PolicyState, Level> = {
  offered: "waiting",
  offer_over: "unknown",
  withdrawn: "unknown",
  bound: "waiting",
  active: "good",
  grace: "warning",
  overdue: "danger",
  run_off: "watch",
  cancelled: "unknown",
  lapsed: "danger",
  elapsed: "unknown",
  exhausted: "unknown",
  expired: "unknown",
};

export const CLAIM_LEVEL: Record<claims.ClaimState, Level> = {
  filed: "waiting",
  assessed: "warning",
  appealed: "waiting",
  overdue: "watch",
  paid: "good",
  refused: "danger",
};
