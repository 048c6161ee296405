import type { Condition, DenomMsg, ProductInfo, TermsMsg } from "@cw-vitals/client/claims";
import { useIntl } from "react-intl";
import { useT } from "../../../i18n";
import { decimalOf } from "../../money/amount";
import { useSumText } from "../../money/Sum";
import { scaleOf, useMeasureTable } from "../data/core";
import { benefitOf, evidenceOf } from "./words";

/** Writes a condition: `Heart rate at least 120 /min`. Thresholds are in the unit the contract counts in. */
export function useConditionText(): (condition: Condition) => string {
  const t = useT();
  const intl = useIntl();
  const { data: table } = useMeasureTable();
  return ({ measure, comparison, threshold }) => {
    const row = table?.find(({ name }) => name === measure);
    const decimal = table && decimalOf(String(threshold), scaleOf(table, measure));
    const value = decimal === undefined ? "…" : intl.formatNumber(Number(decimal), { maximumFractionDigits: 6 });
    return t(`insurer.condition.${comparison}`, { measure: t(`measures.${measure}`), value, unit: row?.unit ?? "" });
  };
}

/** What a product pays for, in a few words: how lists name it, since the chain holds no name. */
export function useProductText(): (product: Pick<ProductInfo, "terms">) => string {
  const t = useT();
  const intl = useIntl();
  const condition = useConditionText();
  return ({ terms }) => {
    const { evidence } = terms;
    if ("invoice" in evidence)
      return t("insurer.product.invoice", { category: t(`measures.category.${evidence.invoice.category}`) });
    if ("private" in evidence) return t("insurer.product.private");
    const conditions = intl.formatList(evidence.disclosed.rule.conditions.map(condition));
    return t(benefitOf(terms.benefit).kind === "per_day" ? "insurer.product.days" : "insurer.product.events", {
      conditions,
    });
  };
}

/** "50 VITAL for each event, at most 3". */
export function useBenefitText(denom: DenomMsg): (terms: TermsMsg) => string {
  const t = useT();
  const sum = useSumText(denom);
  return (terms) => {
    const { kind, amount, most } = benefitOf(terms.benefit);
    const bills = evidenceOf(terms) === "invoice" && kind === "per_event" ? "per_invoice" : kind;
    return t(`insurer.benefit.${bills}`, { amount: sum(amount), most });
  };
}
