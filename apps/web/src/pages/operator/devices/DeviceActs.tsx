import { type ContractCall, registryCalls } from "@cw-vitals/client";
import type { DeviceInfo, RecallInfo } from "@cw-vitals/client/registry";
import { useState } from "react";
import { useSend } from "../../../data";
import { useT } from "../../../i18n";
import { useSession } from "../../../session/useSession";
import { Button, Confirm, Field, useToast } from "../../../ui";
import { unmarkedRecall } from "./state";

type Act = "mark_recalled" | "suspend" | "restore" | "retire" | "calibrate";

const DAY_S = 86_400;

/** What this account may do with the device: who registered it while nobody has it, its maker, and anybody. */
export function DeviceActs({ of, recalls, maker }: { of: DeviceInfo; recalls: readonly RecallInfo[]; maker: string }) {
  const t = useT();
  const say = useToast();
  const { address } = useSession();
  const { send } = useSend();
  const [asking, setAsking] = useState<Act>();
  const [days, setDays] = useState("365");
  const acts = actsOf(of, recalls, maker, address);
  const good = /^[1-9]\d{0,3}$/.test(days);
  const call = (act: Act): ContractCall => {
    const { device } = of;
    if (act === "mark_recalled") return registryCalls.markRecalled({ devices: [device] });
    if (act === "suspend") return registryCalls.suspend({ device });
    if (act === "restore") return registryCalls.restore({ device });
    if (act === "retire") return registryCalls.retire({ device, signed: null });
    return registryCalls.calibrate({ device, until: Math.floor(Date.now() / 1000) + Number(days) * DAY_S });
  };
  const run = async () => {
    await send(call(asking as Act));
    say(t(`operator.device.${asking as Act}.done`, { device: of.device }));
  };
  if (acts.length === 0) return <p className="muted">{t("operator.device.no_acts")}</p>;
  return (
    <div className="actions">
      {acts.map((act) => (
        <Button key={act} kind={act === "retire" ? "danger" : "secondary"} onClick={() => setAsking(act)}>
          {t(`operator.device.${act}`)}
        </Button>
      ))}
      {asking && (
        <Confirm
          open
          title={t(`operator.device.${asking}.title`, { device: of.device })}
          kind={asking === "retire" ? "danger" : "primary"}
          consequences={[t(`operator.device.${asking}.what`), t(`operator.device.${asking}.back`)]}
          action={t(`operator.device.${asking}`)}
          onConfirm={run}
          onClose={() => setAsking(undefined)}
        >
          {asking === "calibrate" && (
            <Field
              label={t("operator.device.calibrate.days")}
              value={days}
              inputMode="numeric"
              error={good ? undefined : t("operator.number.error")}
              onChange={setDays}
            />
          )}
        </Confirm>
      )}
    </div>
  );
}

export function actsOf(device: DeviceInfo, recalls: readonly RecallInfo[], maker: string, account: string): Act[] {
  if (device.status === "retired") return [];
  const registrant = device.registrant === account && device.patient == null;
  const acts: [Act, boolean][] = [
    ["mark_recalled", unmarkedRecall(device, recalls) !== undefined],
    ["restore", registrant && device.status === "suspended"],
    ["suspend", registrant && device.status === "active"],
    ["calibrate", maker === account],
    ["retire", registrant],
  ];
  return acts.filter(([, may]) => may).map(([act]) => act);
}
