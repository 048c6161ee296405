import { type ContractCall, registryCalls } from "@cw-vitals/client";
import { useSend } from "../../../data/send";
import { useT } from "../../../i18n";
import { Confirm } from "../../../ui/Confirm";
import { useToast } from "../../../ui/Toast";

export type DeviceAct = "suspend" | "restore" | "unpair";

const CALL: Record<DeviceAct, (device: string) => ContractCall> = {
  suspend: (device) => registryCalls.suspend({ device }),
  restore: (device) => registryCalls.restore({ device }),
  unpair: (device) => registryCalls.unpair({ device }),
};

/** Asks before a device is paused, used again or given back. */
export function DeviceActDialog({ act, device, onClose }: { act: DeviceAct; device: string; onClose(): void }) {
  const t = useT();
  const say = useToast();
  const { send } = useSend();
  const confirm = async () => {
    await send(CALL[act](device));
    say(t(`patient.device.${act}.done`));
  };
  return (
    <Confirm
      open
      title={t(`patient.device.${act}.title`)}
      consequences={[t(`patient.device.${act}.one`), t(`patient.device.${act}.two`)]}
      action={t(`patient.device.${act}`)}
      kind={act === "restore" ? "primary" : "danger"}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
