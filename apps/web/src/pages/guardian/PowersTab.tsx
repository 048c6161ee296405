import type { Power } from "@cw-vitals/client/consent";
import { useT } from "../../i18n";
import { Card, Facts } from "../../ui/Card";
import { GrantsToRevoke } from "./GrantsToRevoke";
import { type InCare, quorumOf } from "./in-care";
import { PowerList, Until } from "./PowerList";
import { ProposalCard } from "./ProposalCard";

const POWERS: readonly Power[] = ["read", "acknowledge", "grant", "revoke", "claim", "recover"];

/** This guardian's powers for one patient, what guardians propose, and what can be revoked. */
export function PowersTab({ of }: { of: InCare }) {
  const t = useT();
  const { quorums } = of;
  return (
    <>
      <Card title={t("guardian.powers.yours")}>
        <Facts
          of={[
            { key: "powers", name: t("guardian.powers"), value: <PowerList of={of.guardian} /> },
            { key: "until", name: t("guardian.until"), value: <Until of={of.guardian} /> },
            ...(["grant", "revoke", "recover"] as const).map((power) => ({
              key: power,
              name: t("guardian.powers.it_takes", { power: t(`guardian.power.${power}`) }),
              value: t("guardian.powers.quorum", { quorum: quorumOf(quorums, power) }),
            })),
          ]}
        />
      </Card>
      <section aria-labelledby="guardian-proposals">
        <h2 id="guardian-proposals">{t("guardian.proposals.title")}</h2>
        {of.proposals.length === 0 && <p className="muted">{t("guardian.proposals.none")}</p>}
        {of.proposals.map((proposal) => (
          <ProposalCard key={proposal.proposal} of={of} proposal={proposal} />
        ))}
      </section>
      {of.guardian.live && of.guardian.powers.includes("revoke") && <GrantsToRevoke of={of} />}
    </>
  );
}

/** What each power means. */
export function PowersOf() {
  const t = useT();
  return (
    <Card title={t("guardian.powers.meaning")}>
      <Facts
        of={POWERS.map((power) => ({
          key: power,
          name: t(`guardian.power.${power}`),
          value: t(`guardian.power.${power}.means`),
        }))}
      />
    </Card>
  );
}
