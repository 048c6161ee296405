import type { ExecuteMsg, Party } from "@cw-vitals/client/consent";
import { useIntl } from "react-intl";
import { useT } from "../../i18n";
import { Address } from "../../ui/Text";
import { When } from "../../ui/When";

/** What a proposal would do, in words. */
export function ProposalText({ of }: { of: ExecuteMsg }) {
  const t = useT();
  const intl = useIntl();
  if ("revoke" in of) return <p>{t("guardian.proposal.revoke", { grant: of.revoke.grant })}</p>;
  if ("deny" in of) {
    return (
      <p>
        {t("guardian.proposal.deny")} <PartyName of={of.deny.whom} />
      </p>
    );
  }
  if ("review_emergency" in of) {
    const { emergency, upheld } = of.review_emergency;
    return <p>{t(upheld ? "guardian.proposal.uphold" : "guardian.proposal.reject", { emergency })}</p>;
  }
  if (!("grant" in of)) return <p>{t("guardian.proposal.other", { name: Object.keys(of)[0] })}</p>;
  const { grant } = of.grant;
  return (
    <>
      <p>
        {t("guardian.proposal.grant")} <PartyName of={grant.grantee} />
      </p>
      <p>
        {t("guardian.proposal.grant.what", {
          categories: intl.formatList(grant.categories.map((category) => t(`measures.category.${category}`))),
          actions: intl.formatList(grant.actions.map((action) => t(`care.action.${action}`))),
        })}{" "}
        {t("guardian.proposal.grant.until")} <When ms={grant.valid_until * 1000} />
      </p>
    </>
  );
}

export function PartyName({ of }: { of: Party }) {
  const t = useT();
  return "team" in of ? <span>{t("care.team", { team: of.team })}</span> : <Address of={of.account} />;
}
