import { useState } from "react";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card, Facts } from "../../../ui/Card";
import { State } from "../../../ui/State";
import { Ago, When } from "../../../ui/When";
import { useMeasureList } from "../lib/lists";
import { usePatient } from "../lib/patient";
import { type DeviceAct, DeviceActDialog } from "./DeviceActDialog";
import { standing } from "./device-state";
import { LostDialog } from "./LostDialog";
import type { MyDevice } from "./use-devices";

/** A device: what it is, how it stands, and what its patient can do about it. */
export function DeviceCard({ of }: { of: MyDevice }) {
  const t = useT();
  const { patient } = usePatient();
  const measures = useMeasureList();
  const [open, setOpen] = useState<DeviceAct | "lost">();
  const { device, model, pairing, lastReadingMs } = of;
  const { standing: word, level } = standing(device, patient);
  const close = () => setOpen(undefined);
  return (
    <Card
      title={t("patient.device.name", { model: model.name, device: device.device })}
      aside={<State level={level}>{t(`patient.device.standing.${word}`)}</State>}
      actions={
        pairing.to_ms == null && word !== "retired" ? (
          <Actions suspended={device.status === "suspended"} onOpen={setOpen} />
        ) : undefined
      }
    >
      <p>{t("patient.device.measures", { measures: measures(device.measures) })}</p>
      {word !== "in_use" && <p>{t(`patient.device.standing.${word}.text`)}</p>}
      <Facts
        of={[
          { name: t("patient.device.since"), value: <When ms={pairing.from_ms} /> },
          ...(pairing.to_ms == null ? [] : [{ name: t("patient.device.until"), value: <When ms={pairing.to_ms} /> }]),
          ...(device.lost_from_ms == null
            ? []
            : [{ name: t("patient.device.lost_from"), value: <When ms={device.lost_from_ms} /> }]),
          {
            name: t("patient.device.last"),
            value: lastReadingMs ? <Ago ms={lastReadingMs} /> : t("patient.device.last.none"),
          },
          { name: t("patient.device.assurance"), value: t(`patient.assurance.${device.assurance}`) },
          { name: t("patient.device.calibrated"), value: <Calibrated until={device.calibrated_until} /> },
        ]}
      />
      {open === "lost" && <LostDialog device={device} onClose={close} />}
      {open && open !== "lost" && <DeviceActDialog act={open} device={device.device} onClose={close} />}
    </Card>
  );
}

function Actions({ suspended, onOpen }: { suspended: boolean; onOpen(act: DeviceAct | "lost"): void }) {
  const t = useT();
  return (
    <>
      <Button kind="danger" onClick={() => onOpen("lost")}>
        {t("patient.device.lost")}
      </Button>
      <Button onClick={() => onOpen(suspended ? "restore" : "suspend")}>
        {t(suspended ? "patient.device.restore" : "patient.device.suspend")}
      </Button>
      <Button onClick={() => onOpen("unpair")}>{t("patient.device.unpair")}</Button>
    </>
  );
}

/** `until` in block seconds. */
function Calibrated({ until }: { until: number | null | undefined }) {
  const t = useT();
  if (until == null) return <>{t("patient.device.calibrated.no")}</>;
  return (
    <>
      {t("patient.device.calibrated.until")} <When ms={until * 1000} dateOnly />
    </>
  );
}
