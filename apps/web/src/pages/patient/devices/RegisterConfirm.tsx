import { registryCalls } from "@cw-vitals/client";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button } from "../../../ui/Button";
import { Card, Facts } from "../../../ui/Card";
import { Confirm } from "../../../ui/Confirm";
import { Loaded } from "../../../ui/Loaded";
import { Notice } from "../../../ui/State";
import { Address } from "../../../ui/Text";
import { useMeasureList } from "../lib/lists";
import { assuranceOf, type DeviceFile } from "./device-file";
import { type KnownModel, useModel } from "./use-model";

type Registration = Extract<DeviceFile, { kind: "registration" }>;

interface Props {
  file: Registration;
  onDone(): void;
}

/** A device that is not known to the chain yet: only the account its registration names can send it. */
export function RegisterConfirm(props: Props) {
  const t = useT();
  const model = useModel(props.file.signed.model);
  return (
    <Loaded of={model} failed={t("patient.register.model.unknown")}>
      {(found) => <OfModel {...props} model={found} />}
    </Loaded>
  );
}

function OfModel({ file, model, onDone }: Props & { model: KnownModel }) {
  const t = useT();
  const { address } = useSession();
  const { send } = useSend();
  const measures = useMeasureList();
  const [asking, setAsking] = useState(false);
  const { registrant } = file.signed;
  const register = async () => {
    await send(registryCalls.register(file.register));
    onDone();
  };
  return (
    <Card title={t("patient.register.title")}>
      <Facts
        of={[
          { name: t("patient.pair.serial"), value: file.serial },
          { name: t("patient.register.model"), value: model.name },
          { name: t("patient.pair.maker"), value: model.makerName },
          { name: t("patient.pair.measures"), value: measures(model.measures) },
          { name: t("patient.register.registrant"), value: <Address of={registrant} /> },
        ]}
      />
      <p>{t(`patient.register.${assuranceOf(file)}`)}</p>
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
