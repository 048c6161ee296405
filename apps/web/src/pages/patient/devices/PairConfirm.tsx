import { registryCalls } from "@cw-vitals/client";
import type * as registry from "@cw-vitals/client/registry";
import { useState } from "react";
import { useChain } from "../../../data/chain";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Button } from "../../../ui/Button";
import { Card, Facts } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Loaded } from "../../../ui/Loaded";
import { Notice } from "../../../ui/State";
import { useMeasureList } from "../lib/lists";
import { usePatient } from "../lib/patient";
import type { DeviceFile } from "./device-file";

type Pairing = Extract<DeviceFile, { kind: "pairing" }>;
interface OnChain {
  device: registry.DeviceInfo;
  model: registry.ModelInfo;
  maker: string;
}

/** What the chain knows of a device that offers itself, before the patient takes it. */
export function PairConfirm({ file, onDone }: { file: Pairing; onDone(): void }) {
  const t = useT();
  const { patient } = usePatient();
  const { device: number, patient: meant } = file.signed;
  const known = useChain<OnChain>(["patient.pair", number], async (vitals) => {
    const device = await vitals.registry.device({ device: number });
    const model = await vitals.registry.model({ model: device.model });
    const { name } = await vitals.registry.maker({ maker: model.maker });
    return { device, model, maker: name };
  });
  if (meant !== patient) {
    return (
      <Notice level="danger" title={t("patient.pair.other")}>
        <p>{t("patient.pair.other.text", { meant, patient })}</p>
      </Notice>
    );
  }
  return (
    <Loaded of={known} failed={t("patient.pair.unknown")}>
      {(found) => <Known file={file} found={found} onDone={onDone} />}
    </Loaded>
  );
}

function Known({ file, found, onDone }: { file: Pairing; found: OnChain; onDone(): void }) {
  const t = useT();
  const { send } = useSend();
  const measures = useMeasureList();
  const [asking, setAsking] = useState(false);
  const { device, model, maker } = found;
  const hindrance = hindranceOf(file, device);
  const pair = async () => {
    await send(registryCalls.pair(file.pair));
    onDone();
  };
  return (
    <Card title={t("patient.pair.found", { model: model.name })}>
      <Facts
        of={[
          { name: t("patient.pair.serial"), value: file.serial },
          { name: t("patient.pair.maker"), value: maker },
          { name: t("patient.pair.measures"), value: measures(device.measures) },
          { name: t("patient.device.assurance"), value: t(`patient.assurance.${device.assurance}`) },
          { name: t("patient.device.number"), value: device.device },
        ]}
      />
      <p>{t(`patient.assurance.${device.assurance}.text`)}</p>
      {hindrance ? (
        <Notice level="warning" title={t(`patient.pair.hindrance.${hindrance}`)} />
      ) : (
        <div className="actions">
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t("patient.pair.action")}
          </Button>
        </div>
      )}
      <Confirm
        open={asking}
        title={t("patient.pair.confirm.title", { model: model.name })}
        consequences={[
          t("patient.pair.confirm.yours"),
          t("patient.pair.confirm.public", { measures: measures(device.measures) }),
          t("patient.pair.confirm.history"),
        ]}
        action={t("patient.pair.action")}
        onConfirm={pair}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}

/** What the registry would refuse, told before it is asked. */
function hindranceOf(file: Pairing, device: registry.DeviceInfo) {
  if (device.patient != null) return device.patient === file.signed.patient ? "yours" : "paired";
  if (device.status !== "active") return device.status;
  if (device.recalled) return "recalled";
  if (BigInt(file.signed.action) !== BigInt(device.action) + 1n) return "used";
  return undefined;
}
