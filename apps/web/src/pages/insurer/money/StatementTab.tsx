import { Download, FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { useVitals } from "../../../data";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { Button, Card, ErrorNotice, Field, Loading, Notice } from "../../../ui";
import { download } from "../../../ui/download";
import type { DrawnStatement } from "../../../worker/insurer";
import { core } from "../../../worker/pool";
import { dateEnd, dateStart } from "../../patient/lib/time";
import { useMoney } from "../data/queries";
import { MovementsTable } from "./MovementsTable";
import { periodOf, statementSources } from "./statement";

type Shown =
  | { state: "none" }
  | { state: "drawing" }
  | { state: "failed"; error: unknown }
  | { state: "drawn"; statement: DrawnStatement; height: number };

/** Every movement of a product's money, held against the chain's pool, to look at and to keep. */
export function StatementTab({ product }: { product: string }) {
  const t = useT();
  const vitals = useVitals();
  const { zone } = useSettings();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [shown, setShown] = useState<Shown>({ state: "none" });
  const draw = async () => {
    if (!vitals) return;
    setShown({ state: "drawing" });
    try {
      const { asked, height } = await statementSources(vitals, product);
      const period = periodOf(dateStart(from, zone), dateEnd(to, zone));
      const statement = await core().ask("drawStatement", { ...asked, ...period });
      setShown({ state: "drawn", statement, height });
    } catch (error) {
      setShown({ state: "failed", error });
    }
  };
  return (
    <Card title={t("insurer.statement.title")}>
      <p>{t("insurer.statement.text")}</p>
      <div className="insurer-pair">
        <Field type="date" label={t("insurer.statement.from")} optional value={from} onChange={setFrom} />
        <Field type="date" label={t("insurer.statement.to")} optional value={to} onChange={setTo} />
      </div>
      <div className="actions">
        <Button
          kind="primary"
          icon={FileSpreadsheet}
          busy={shown.state === "drawing"}
          disabled={!vitals}
          onClick={() => void draw()}
        >
          {t("insurer.statement.draw")}
        </Button>
      </div>
      {shown.state === "drawing" && <Loading label={t("insurer.statement.drawing")} />}
      {shown.state === "failed" && (
        <ErrorNotice error={shown.error} title={t("insurer.statement.failed")} onRetry={() => void draw()} />
      )}
      {shown.state === "drawn" && <Drawn of={shown.statement} height={shown.height} product={product} />}
    </Card>
  );
}

function Drawn({ of, height, product }: { of: DrawnStatement; height: number; product: string }) {
  const t = useT();
  const money = useMoney(product);
  const denom = money.data?.pool.denom;
  const save = () => download(`product-${product}-to-block-${height}.csv`, of.csv, "text/csv");
  return (
    <div className="stack">
      <Notice level="good" title={t("insurer.statement.reconciled")}>
        <p>{t("insurer.statement.reconciled.text", { count: of.movements.length, height })}</p>
      </Notice>
      <div className="actions">
        <Button icon={Download} onClick={save}>
          {t("insurer.statement.download")}
        </Button>
      </div>
      {denom && <MovementsTable of={of} denom={denom} />}
    </div>
  );
}
