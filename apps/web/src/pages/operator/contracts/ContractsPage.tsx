import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Address, Card, Facts, Loaded, Page, State } from "../../../ui";
import { ContractActs } from "./ContractActs";
import type { ContractInfo } from "./info";
import { useContracts } from "./useContracts";

/** Versions, owners and pauses of the deployment's contracts. */
export function ContractsPage() {
  const t = useT();
  const contracts = useContracts();
  return (
    <Page title={t("operator.contracts.title")} lead={t("operator.contracts.lead")}>
      <Loaded of={contracts}>
        {(list) => (
          <div className="stack">
            {list.map((one) => (
              <ContractCard key={one.name} of={one} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function ContractCard({ of }: { of: ContractInfo }) {
  const t = useT();
  const { address } = useSession();
  return (
    <Card
      title={t(`operator.contract.${of.name}`)}
      aside={
        <State level={of.paused ? "warning" : "good"}>
          {t(of.paused ? "operator.contract.paused" : "operator.contract.works")}
        </State>
      }
    >
      <p>{t(`operator.contract.${of.name}.text`)}</p>
      <Facts
        of={[
          { name: t("operator.contract.version"), value: of.version ?? t("operator.unknown") },
          { name: t("operator.contract.address"), value: <Address of={of.address} /> },
          { name: t("operator.contract.code"), value: of.codeId },
          {
            name: t("operator.contract.owner"),
            value: of.owner === address ? t("operator.contract.owner.you") : <Address of={of.owner} />,
          },
          ...(of.pending_owner
            ? [{ name: t("operator.contract.pending"), value: <Address of={of.pending_owner} /> }]
            : []),
          {
            name: t("operator.contract.migrates"),
            value: of.migrates ? <Address of={of.migrates} /> : t("operator.contract.migrates.nobody"),
          },
        ]}
      />
      <ContractActs of={of} />
    </Card>
  );
}
