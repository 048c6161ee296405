import { Link } from "react-router";
import { useT } from "../../../i18n";
import { Card, Loaded, State } from "../../../ui";
import { useContracts } from "../contracts/useContracts";

export function ContractsCard() {
  const t = useT();
  const contracts = useContracts();
  return (
    <Card title={t("operator.contracts.title")}>
      <Loaded of={contracts}>
        {(list) => {
          const paused = list.filter((one) => one.paused).length;
          const versions = [...new Set(list.map(({ version }) => version ?? "?"))];
          return (
            <div className="stack">
              <State level={paused === 0 ? "good" : "warning"}>
                {t("operator.contracts.paused", { count: paused })}
              </State>
              <p>{t("operator.contracts.versions", { versions: versions.join(", "), count: versions.length })}</p>
            </div>
          );
        }}
      </Loaded>
      <Link to="/operator/contracts">{t("operator.contracts.look")}</Link>
    </Card>
  );
}
