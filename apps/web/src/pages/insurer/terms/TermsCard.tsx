import type { DenomMsg, InvoiceTermsMsg, RewardMsg, Rule, TermsMsg } from "@cw-vitals/client/claims";
import { useIntl } from "react-intl";
import { useT } from "../../../i18n";
import { Address, Facts } from "../../../ui";
import { useSumText } from "../../money/Sum";
import { useDurationText } from "../lib/Duration";
import { useBenefitText, useConditionText } from "./useTermsText";
import { WordsCheck } from "./WordsCheck";
import { evidenceOf, premiumOf } from "./words";

/** One version of a product's terms, all of them, in words. */
export function TermsCard({ terms, denom }: { terms: TermsMsg; denom: DenomMsg }) {
  const { evidence } = terms;
  return (
    <div className="stack">
      <MoneyTerms terms={terms} denom={denom} />
      {"disclosed" in evidence && <RuleTerms rule={evidence.disclosed.rule} models={evidence.disclosed.models} />}
      {"invoice" in evidence && <InvoiceTerms of={evidence.invoice} denom={denom} />}
      {terms.reward && <RewardTerms of={terms.reward} denom={denom} />}
      <WordsCheck digest={terms.terms_digest} />
    </div>
  );
}

function MoneyTerms({ terms, denom }: { terms: TermsMsg; denom: DenomMsg }) {
  const t = useT();
  const length = useDurationText();
  const sum = useSumText(denom);
  const benefit = useBenefitText(denom)(terms);
  const { amount, everyS, graceS } = premiumOf(terms.premium);
  const premium =
    everyS === undefined
      ? t("insurer.premium.once", { amount: sum(amount) })
      : t("insurer.premium.instalments", { amount: sum(amount), every: length(everyS), grace: length(graceS ?? 0) });
  const separation =
    "per_event" in terms.benefit && evidenceOf(terms) === "disclosed"
      ? terms.benefit.per_event.separation_s
      : undefined;
  return (
    <Facts
      of={[
        { name: t("insurer.terms.benefit"), value: benefit },
        ...(separation === undefined ? [] : [{ name: t("insurer.terms.separation"), value: length(separation) }]),
        { name: t("insurer.terms.premium"), value: premium },
        { name: t("insurer.terms.minimum"), value: sum(terms.minimum_charge) },
        { name: t("insurer.terms.term"), value: length(terms.term_s) },
        { name: t("insurer.terms.waiting"), value: length(terms.waiting_s) },
        { name: t("insurer.terms.file"), value: length(terms.file_within_s) },
      ]}
    />
  );
}

function RuleTerms({ rule, models }: { rule: Rule; models: readonly number[] }) {
  const t = useT();
  const intl = useIntl();
  const length = useDurationText();
  const condition = useConditionText();
  const yes = (is: boolean) => t(is ? "insurer.yes" : "insurer.no");
  return (
    <section>
      <h3>{t("insurer.terms.rule")}</h3>
      <ul className="consequences">
        {rule.conditions.map((one) => (
          <li key={one.measure}>{condition(one)}</li>
        ))}
      </ul>
      <Facts
        of={[
          {
            name: t("insurer.terms.readings"),
            value: t("insurer.terms.readings.text", {
              count: rule.readings,
              spaced: length(rule.spaced_s),
              within: length(rule.within_s),
            }),
          },
          { name: t("insurer.terms.anchored"), value: length(rule.anchored_within_s) },
          { name: t("insurer.terms.assurance"), value: t(`insurer.assurance.${rule.min_assurance}`) },
          { name: t("insurer.terms.paired"), value: length(rule.paired_for_s) },
          { name: t("insurer.terms.calibrated"), value: yes(rule.calibrated) },
          { name: t("insurer.terms.questionable"), value: yes(rule.accept_questionable) },
          { name: t("insurer.terms.simulated"), value: yes(rule.accept_simulated) },
          {
            name: t("insurer.terms.models"),
            value: models.length === 0 ? t("insurer.terms.models.any") : intl.formatList(models.map(String)),
          },
        ]}
      />
    </section>
  );
}

function InvoiceTerms({ of, denom }: { of: InvoiceTermsMsg; denom: DenomMsg }) {
  const t = useT();
  const length = useDurationText();
  const sum = useSumText(denom);
  return (
    <section>
      <h3>{t("insurer.terms.invoice")}</h3>
      <Facts
        of={[
          { name: t("insurer.terms.category"), value: t(`measures.category.${of.category}`) },
          { name: t("insurer.terms.assess"), value: length(of.assess_within_s) },
          { name: t("insurer.terms.appeal"), value: length(of.appeal_within_s) },
          { name: t("insurer.terms.arbitrate"), value: length(of.arbitrate_within_s) },
          { name: t("insurer.terms.silence"), value: t(`insurer.silence.${of.silence}`) },
          { name: t("insurer.terms.arbiter"), value: <Address of={of.arbiter} /> },
          { name: t("insurer.terms.fee"), value: sum(of.fee) },
        ]}
      />
    </section>
  );
}

function RewardTerms({ of, denom }: { of: RewardMsg; denom: DenomMsg }) {
  const t = useT();
  const sum = useSumText(denom);
  const measure = t(`measures.${of.measure}`);
  return (
    <section>
      <h3>{t("insurer.terms.reward")}</h3>
      <p>{t("insurer.terms.reward.text", { rebate: sum(of.rebate), days: of.days, least: of.least_a_day, measure })}</p>
      {of.accept_simulated && <p className="muted">{t("insurer.terms.reward.simulated")}</p>}
    </section>
  );
}
