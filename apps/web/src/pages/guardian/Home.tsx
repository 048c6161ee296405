import { useChain } from "../../data";
import { useT } from "../../i18n";
import { Address, Card, Facts, Loaded, Page } from "../../ui";

export function Home() {
  const t = useT();
  const timing = useChain(["consent", "admin"], (vitals) => vitals.consent.admin(), { contracts: ["consent"] });
  return (
    <Page title={t("guardian.home.title")}>
      <Card>
        <Loaded of={timing}>
          {({ owner }) => <Facts of={[{ name: "consent", value: <Address of={owner} /> }]} />}
        </Loaded>
      </Card>
    </Page>
  );
}
