import { useState } from "react";
import { useChain } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Page, Tabs } from "../../../ui";
import { CredentialsTab } from "./CredentialsTab";
import { DenomsTab } from "./DenomsTab";
import { IssuersTab } from "./IssuersTab";
import { MakersTab } from "./MakersTab";

const TABS = ["credentials", "issuers", "makers", "denoms"] as const;

/** Who and what the deployment admits, for the accounts that may change it. */
export function AdmissionsPage() {
  const t = useT();
  const { address } = useSession();
  const [tab, setTab] = useState<(typeof TABS)[number]>("credentials");
  const owners = useChain(
    ["operator", "owners"],
    async ({ consent, registry, claims }) => {
      const [of, makers, money] = await Promise.all([consent.admin(), registry.admin(), claims.admin()]);
      return { consent: of.owner, registry: makers.owner, claims: money.owner };
    },
    { contracts: ["consent", "registry", "claims"] },
  );
  const owns = (contract: "consent" | "registry" | "claims") => owners.data?.[contract] === address;
  const content = {
    credentials: () => <CredentialsTab owner={owns("consent")} />,
    issuers: () => <IssuersTab owner={owns("consent")} />,
    makers: () => <MakersTab owner={owns("registry")} />,
    denoms: () => <DenomsTab owner={owns("claims")} />,
  };
  return (
    <Page title={t("operator.admissions.title")} lead={t("operator.admissions.lead")}>
      <Tabs
        label={t("operator.admissions.title")}
        value={tab}
        onChange={setTab}
        tabs={TABS.map((key) => ({
          key,
          label: t(`operator.admissions.${key}`),
          content: key === tab ? content[key]() : null,
        }))}
      />
    </Page>
  );
}
