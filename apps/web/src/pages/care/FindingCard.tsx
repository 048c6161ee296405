import { useT } from "../../i18n";
import { Reading } from "../../ui/Measure";
import { type Column, Table } from "../../ui/Table";
import type { Finding } from "../../worker/care";
import { Exact } from "./Exact";
import { FindingText } from "./FindingText";
import { SeverityState } from "./SeverityState";

type Evidence = Finding["evidence"][number];

/** A finding with the readings that show it. */
export function FindingCard({ of, id, level: Heading = "h3" }: { of: Finding; id: string; level?: "h3" | "h4" }) {
  const t = useT();
  const columns: Column<Evidence>[] = [
    { key: "at", head: t("care.finding.at"), cell: (one) => <Exact ms={one.atMs} /> },
    { key: "measure", head: t("care.plan.measure"), cell: (one) => t(`measures.${one.measure}`) },
    {
      key: "value",
      head: t("care.finding.value"),
      cell: (one) => <Reading measure={one.measure} value={one.value} />,
      numeric: true,
    },
  ];
  return (
    <article className="card" aria-labelledby={id}>
      <header className="card-head">
        <Heading id={id}>{t(`care.finding.kind.${of.kind}`, { measure: t(`measures.${of.measure}`) })}</Heading>
        <SeverityState of={of.severity} />
      </header>
      <FindingText of={of} />
      <p className="muted">
        <Exact ms={of.fromMs} /> – <Exact ms={of.toMs} /> {of.simulated && `· ${t("ui.simulated")}`}
      </p>
      {of.evidence.length > 0 && (
        <details>
          <summary>{t("care.finding.evidence", { count: of.evidence.length })}</summary>
          <Table
            caption={t("care.finding.evidence.caption")}
            captionHidden
            columns={columns}
            rows={of.evidence}
            rowKey={(one) => `${one.index}`}
          />
        </details>
      )}
    </article>
  );
}
