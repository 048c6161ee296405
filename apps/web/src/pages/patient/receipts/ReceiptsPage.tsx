import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card, Empty } from "../../../ui/Card";
import { ErrorNotice } from "../../../ui/ErrorNotice";
import { Check } from "../../../ui/Field";
import { Loaded } from "../../../ui/Loaded";
import { Page } from "../../../ui/Page";
import { Notice } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { usePatient } from "../lib/patient";
import { ReleaseTable } from "./ReleaseTable";
import { isLog, ofOthers, releases, troubles, unknownVaults } from "./releases";
import { type Receipts, useReceipts } from "./use-receipts";

/** Who saw what, and whether it is proved. */
export function ReceiptsPage() {
  const t = useT();
  const { patient } = usePatient();
  const { wallet } = useSession();
  const [asked, setAsked] = useState(wallet === "local");
  const receipts = useReceipts(patient, asked);
  const again = asked && (
    <Button icon={RefreshCw} busy={receipts.loading} onClick={receipts.refetch}>
      {t("patient.receipts.again")}
    </Button>
  );
  return (
    <Page title={t("patient.receipts.title")} lead={t("patient.receipts.lead")} actions={again}>
      {asked ? (
        <Loaded of={receipts} failed={t("patient.receipts.failed")}>
          {(found) => <Found of={found} />}
        </Loaded>
      ) : (
        <Empty
          title={t("patient.receipts.ask.title")}
          actions={
            <Button kind="primary" onClick={() => setAsked(true)}>
              {t("patient.receipts.ask")}
            </Button>
          }
        >
          <p>{t("patient.receipts.ask.text")}</p>
        </Empty>
      )}
    </Page>
  );
}

function Found({ of }: { of: Receipts }) {
  const t = useT();
  const { address } = useSession();
  const [own, setOwn] = useState(false);
  const all = releases(of.told);
  const others = ofOthers(all, address);
  return (
    <div className="stack">
      <Troubles of={of} />
      <Card
        title={t("patient.receipts.who", {
          count: new Set(others.map(({ who }) => who)).size,
          releases: others.length,
        })}
      >
        <p>{t("patient.receipts.unread")}</p>
        <Check
          label={t("patient.receipts.own", { count: all.length - others.length })}
          checked={own}
          onChange={setOwn}
        />
        <ReleaseTable releases={own ? all : others} />
      </Card>
    </div>
  );
}

/** What the vaults hold back, or cannot prove. */
function Troubles({ of: { told, anchored } }: { of: Receipts }) {
  const t = useT();
  const unknown = unknownVaults(told, anchored);
  return (
    <>
      {told.map((one) =>
        isLog(one) ? null : (
          <ErrorNotice key={one.vault} error={one.error} title={t("patient.receipts.away", { vault: one.vault })} />
        ),
      )}
      {troubles(told).map(({ vault, wrong, withheld }) => (
        <Notice key={vault} level="danger" title={t("patient.receipts.trouble", { vault })}>
          {wrong > 0 && <p>{t("patient.receipts.wrong", { count: wrong })}</p>}
          {withheld > 0 && <p>{t("patient.receipts.withheld", { count: withheld })}</p>}
          <p>{t("patient.receipts.trouble.todo")}</p>
        </Notice>
      ))}
      {unknown.length > 0 && (
        <Notice level="warning" title={t("patient.receipts.unknown")}>
          <p>{t("patient.receipts.unknown.text")}</p>
          {unknown.map((account) => (
            <p key={account}>
              <Address of={account} />
            </p>
          ))}
        </Notice>
      )}
    </>
  );
}
