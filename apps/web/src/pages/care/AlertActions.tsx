import { careCalls } from "@cw-vitals/client";
import type { AlertInfo } from "@cw-vitals/client/care";
import { useState } from "react";
import { useClockEach } from "../../data/clock";
import { useVitals } from "../../data/live";
import { useSend } from "../../data/send";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { useToast } from "../../ui/Toast";
import { type AlertAction, actionsFor } from "./alerts";
import { type Capacity, groundToAnswer } from "./ground";

/** What can be done about an alert by who looks at it; each is said in words before it is signed. */
export function AlertActions({ alert, capacity }: { alert: AlertInfo; capacity: Capacity }) {
  const t = useT();
  const { address } = useSession();
  const now = useClockEach(1000);
  const [asked, setAsked] = useState<AlertAction>();
  const offered = actionsFor(alert, address, capacity, now / 1000);
  return (
    <>
      {offered.map((action, place) => (
        <Button
          key={action}
          kind={place === 0 && action !== "escalate" ? "primary" : "secondary"}
          onClick={() => setAsked(action)}
        >
          {t(`care.alert.${action}`)}
        </Button>
      ))}
      {asked && <Answer alert={alert} capacity={capacity} action={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function Answer({
  alert,
  capacity,
  action,
  onClose,
}: {
  alert: AlertInfo;
  capacity: Capacity;
  action: AlertAction;
  onClose(): void;
}) {
  const t = useT();
  const say = useToast();
  const vitals = useVitals();
  const { address } = useSession();
  const { send } = useSend();
  const number = alert.alert;
  const run = async () => {
    if (action === "resolve") await send(careCalls.resolve({ alert: number }));
    else if (action === "escalate") await send(careCalls.escalate({ alert: number }));
    else if (vitals) {
      const ground = await groundToAnswer(vitals, alert, capacity, address);
      await send(careCalls.acknowledge({ alert: number, ground }));
    }
    say(t(`care.alert.${action}.done`, { alert: number }));
  };
  return (
    <Confirm
      open
      title={t(`care.alert.${action}.title`, { alert: number })}
      consequences={[t(`care.alert.${action}.what`), t(`care.alert.${action}.lasts`)]}
      action={t(`care.alert.${action}`)}
      onConfirm={run}
      onClose={onClose}
    />
  );
}
