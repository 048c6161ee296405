import type { GroundRef, Vitals } from "@cw-vitals/client";
import type { Release } from "@cw-vitals/client/core";
import type { VaultLog } from "@cw-vitals/client/receipts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useVitals } from "../../data/live";
import { vaultsOf } from "../../data/vaults";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { ErrorNotice } from "../../ui/ErrorNotice";
import { Loading } from "../../ui/Progress";
import { type Level, Notice, State } from "../../ui/State";
import { type Column, Table } from "../../ui/Table";
import { Address } from "../../ui/Text";
import { When } from "../../ui/When";

const PAGE = 30;
const LEVELS: Record<Release["proof"], Level> = { proved: "good", not_anchored: "waiting", wrong: "danger" };

/** Who fetched what, from each vault's log, each receipt held against the chain. */
export function ReceiptLogs({ patient, ground }: { patient: string; ground: GroundRef }) {
  const t = useT();
  const { network, account } = useSession();
  const vitals = useVitals();
  const logs = useQuery({
    queryKey: [account.address, "receipts", patient],
    enabled: vitals !== undefined,
    queryFn: async () => {
      const { readLogs } = await import("@cw-vitals/client/receipts");
      return readLogs(vitals as Vitals, vaultsOf({ network, account }), patient, ground);
    },
  });
  if (logs.error)
    return <ErrorNotice error={logs.error} title={t("care.receipts.failed")} onRetry={() => void logs.refetch()} />;
  if (!logs.data) return <Loading label={t("care.receipts.loading")} />;
  return (
    <>
      <p>{t("care.receipts.lead")}</p>
      {logs.data.map((log) =>
        "error" in log ? (
          <ErrorNotice
            key={log.vault}
            error={log.error}
            title={t("care.receipts.vault_failed", { vault: log.vault })}
            onRetry={() => void logs.refetch()}
          />
        ) : (
          <OneLog key={log.vault} log={log} />
        ),
      )}
    </>
  );
}

function OneLog({ log }: { log: VaultLog }) {
  const t = useT();
  const [shown, setShown] = useState(PAGE);
  const newest = [...log.releases].reverse();
  const columns: Column<Release>[] = [
    { key: "at", head: t("care.receipts.at"), cell: (one) => <When ms={one.at * 1000} /> },
    { key: "who", head: t("care.receipts.who"), cell: (one) => <Address of={one.who} /> },
    {
      key: "what",
      head: t("care.receipts.what"),
      cell: (one) => (one.category ? t(`measures.category.${one.category}`) : t("care.receipts.other")),
    },
    { key: "why", head: t("care.receipts.why"), cell: (one) => (one.purpose ? <code>{one.purpose}</code> : "–") },
    {
      key: "proof",
      head: t("care.receipts.proof"),
      cell: (one) => <State level={LEVELS[one.proof]}>{t(`care.receipts.${one.proof}`)}</State>,
    },
  ];
  return (
    <>
      {log.withheld > 0 && (
        <Notice level="danger" title={t("care.receipts.withheld", { count: log.withheld, vault: log.vault })} />
      )}
      <Table
        caption={t("care.receipts.of", { vault: log.vault })}
        columns={columns}
        rows={newest.slice(0, shown)}
        rowKey={(one) => String(one.index)}
        empty={<p className="muted">{t("care.receipts.none", { vault: log.vault })}</p>}
      />
      {shown < newest.length && (
        <Button onClick={() => setShown(shown + PAGE)}>{t("care.more", { count: newest.length - shown })}</Button>
      )}
    </>
  );
}
