import { useT } from "../../../i18n";
import { Card, Facts, State, When } from "../../../ui";
import { Instant } from "../lib/Instant";
import { hexOf } from "../terms/digest";
import type { ExhibitShown } from "./evidence";

/** One batch that readings were shown of: its root, its device, and whether the proof leads to the root. */
export function ExhibitCard({ of, number, failure }: { of: ExhibitShown; number: number; failure: string | null }) {
  const t = useT();
  const { batch, device, pairing, usable } = of;
  const { id } = batch;
  const state =
    failure === null ? (
      <State level="good">{t("insurer.exhibit.proved")}</State>
    ) : (
      <State level="danger">{t("insurer.exhibit.failed")}</State>
    );
  return (
    <Card title={t("insurer.exhibit.title", { number })} aside={state}>
      {failure !== null && <p className="insurer-long">{failure}</p>}
      <Facts
        of={[
          {
            name: t("insurer.exhibit.batch"),
            value: t("insurer.exhibit.batch.text", {
              sequence: id.sequence,
              device: id.device,
              category: t(`measures.category.${id.category}`),
            }),
          },
          {
            name: t("insurer.exhibit.root"),
            value: batch.root ? (
              <code className="insurer-long">{hexOf(batch.root)}</code>
            ) : (
              t("insurer.exhibit.shredded")
            ),
          },
          {
            name: t("insurer.exhibit.measured"),
            value: (
              <>
                <Instant ms={batch.first_at_ms} /> – <Instant ms={batch.last_at_ms} />
              </>
            ),
          },
          { name: t("insurer.exhibit.anchored"), value: <Instant ms={batch.anchored_at_ms} /> },
          { name: t("insurer.exhibit.count"), value: t("insurer.exhibit.count.text", { count: batch.count }) },
          {
            name: t("insurer.exhibit.device"),
            value: t("insurer.exhibit.device.text", { device: id.device, model: device.model }),
          },
          { name: t("insurer.terms.assurance"), value: t(`insurer.assurance.${batch.assurance}`) },
          { name: t("insurer.exhibit.paired"), value: <When ms={pairing.from_ms} /> },
          { name: t("insurer.terms.calibrated"), value: t(batch.calibrated ? "insurer.yes" : "insurer.no") },
          { name: t("insurer.exhibit.simulated"), value: t(batch.simulated ? "insurer.yes" : "insurer.no") },
          {
            name: t("insurer.exhibit.usable"),
            value: (
              <State level={usable.usable ? "good" : "warning"}>
                {t(usable.usable ? "insurer.exhibit.usable.yes" : "insurer.exhibit.usable.no")}
              </State>
            ),
          },
        ]}
      />
    </Card>
  );
}
