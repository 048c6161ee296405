import { Link } from "react-router";
import { useT } from "../../../i18n";
import { Card, Cards, Loaded, Page, State } from "../../../ui";
import { useDue } from "../waiting/useDue";
import { ChainCard } from "./ChainCard";
import { ContractsCard } from "./ContractsCard";
import { VaultsCard } from "./VaultsCard";

export function OverviewPage() {
  const t = useT();
  return (
    <Page title={t("operator.overview.title")}>
      <Cards>
        <ChainCard />
        <WaitingCard />
        <VaultsCard />
        <ContractsCard />
      </Cards>
    </Page>
  );
}

function WaitingCard() {
  const t = useT();
  const { due } = useDue();
  return (
    <Card title={t("operator.waiting.title")}>
      <Loaded of={due}>
        {({ tasks, reviews }) => (
          <div className="stack">
            <State level={tasks.length === 0 ? "good" : "watch"}>
              {t("operator.tasks.count", { count: tasks.length })}
            </State>
            <State level={reviews.length === 0 ? "good" : reviews.some(({ overdue }) => overdue) ? "danger" : "watch"}>
              {t("operator.reviews.count", { count: reviews.length })}
            </State>
          </div>
        )}
      </Loaded>
      <Link to="/operator/waiting">{t("operator.waiting.look")}</Link>
    </Card>
  );
}
