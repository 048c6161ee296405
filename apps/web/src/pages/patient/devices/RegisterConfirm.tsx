import { registryCalls } from "@cw-vitals/client";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card, Facts } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Notice } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useMeasureList } from "../lib/lists";
import type { DeviceFile } from "./device-file";

type Registration = Extract<DeviceFile, { kind: "registration" }>;

/** A device that is not known to the chain yet: only the account its registration names can send it. */
export function RegisterConfirm({ file, onDone }: { file: Registration; onDone(): void }) {
  const t = useT();
  const { address } = useSession();
  const { send } = useSend();
  const measures = useMeasureList();
  const [asking, setAsking] = useState(false);
  const { serial, registrant, measures: measured, model } = file.device;
  const register = async () => {
    await send(registryCalls.register(file.register));
    onDone();
  };
  const attested = file.register.attestation != null;
  return (
    <Card title={t("patient.register.title")}>
      <Facts
        of={[
          { name: t("patient.pair.serial"), value: serial },
          { name: t("patient.pair.measures"), value: measures(measured) },
          { name: t("patient.register.model"), value: String(model) },
          { name: t("patient.register.registrant"), value: <Address of={registrant} /> },
        ]}
      />
      <p>{t(attested ? "patient.register.attested" : "patient.register.unattested")}</p>
      {registrant === address ? (
        <div className="actions">
          <Button kind="primary" onClick={() => setAsking(true)}>
            {t("patient.register.action")}
          </Button>
        </div>
      ) : (
        <Notice level="warning" title={t("patient.register.other")}>
          <p>{t("patient.register.other.text")}</p>
        </Notice>
      )}
      <Confirm
        open={asking}
        title={t("patient.register.confirm.title")}
        consequences={[t("patient.register.confirm.one"), t("patient.register.confirm.two")]}
        action={t("patient.register.action")}
        onConfirm={register}
        onClose={() => setAsking(false)}
      />
    </Card>
  );
}
