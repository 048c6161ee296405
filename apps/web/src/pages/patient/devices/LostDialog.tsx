import { registryCalls } from "@cw-vitals/client";
import type * as registry from "@cw-vitals/client/registry";
import { useState } from "react";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { useSettings } from "../../../shell/settings";
import { Confirm } from "../../../ui/Confirm";
import { Field } from "../../../ui/Field";
import { useToast } from "../../../ui/Toast";
import { dateText, localInstant, timeText } from "../lib/time";
import { lostFrom } from "./device-state";

/** Reports a device lost, from a time on. */
export function LostDialog({ device, onClose }: { device: registry.DeviceInfo; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { zone } = useSettings();
  const { send } = useSend();
  const [date, setDate] = useState(() => dateText(Date.now(), zone));
  const [time, setTime] = useState(() => timeText(Date.now(), zone));
  const from = lostFrom(localInstant(date, time, zone), device, Date.now());
  const problem = "problem" in from ? t(`patient.device.lost.problem.${from.problem}`) : undefined;
  const confirm = async () => {
    if (!("ms" in from)) return;
    await send(registryCalls.reportLost({ device: device.device, lost_from_ms: from.ms }));
    say(t("patient.device.lost.done"));
  };
  return (
    <Confirm
      open
      title={t("patient.device.lost.title")}
      consequences={[t("patient.device.lost.one"), t("patient.device.lost.two"), t("patient.device.lost.three")]}
      action={t("patient.device.lost")}
      kind="danger"
      ready={"ms" in from}
      onConfirm={confirm}
      onClose={onClose}
    >
      <div className="form">
        <Field
          type="date"
          label={t("patient.device.lost.date")}
          hint={t("patient.device.lost.hint")}
          value={date}
          onChange={setDate}
        />
        <Field type="time" label={t("patient.device.lost.time")} error={problem} value={time} onChange={setTime} />
      </div>
    </Confirm>
  );
}
