import type { PlanInfo } from "@cw-vitals/client/care";
import { useIntl } from "react-intl";
import { useT } from "../../i18n";
import { Facts } from "../../ui/Card";
import { Address } from "../../ui/Text";
import { When } from "../../ui/When";

/** What everybody can see of a plan: who wrote it when, about what, who accepted or withdrew it. */
export function PlanHead({ of }: { of: PlanInfo }) {
  const t = useT();
  const intl = useIntl();
  const about = intl.formatList(of.categories.map((category) => t(`measures.category.${category}`)));
  const facts = [
    { key: "author", name: t("care.plan.author"), value: <Address of={of.author} /> },
    { key: "written", name: t("care.plan.written"), value: <When ms={of.written_at * 1000} /> },
    { key: "about", name: t("care.plan.about"), value: about },
  ];
  if (of.acknowledged_at != null) {
    facts.push({ key: "accepted", name: t("care.plan.accepted"), value: <When ms={of.acknowledged_at * 1000} /> });
  }
  if (of.withdrawn_at != null) {
    facts.push({ key: "withdrawn", name: t("care.plan.withdrawn"), value: <When ms={of.withdrawn_at * 1000} /> });
  }
  return <Facts of={facts} />;
}
