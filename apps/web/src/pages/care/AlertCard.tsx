import type { AlertInfo } from "@cw-vitals/client/care";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useClockEach } from "../../data/clock";
import { useT } from "../../i18n";
import { useSession } from "../../session/useSession";
import { type Level, State } from "../../ui/State";
import { Address } from "../../ui/Text";
import { Ago, When } from "../../ui/When";
import { AlertActions } from "./AlertActions";
import { secondsLeft, type Waiting, waiting } from "./alerts";
import { useDuration } from "./duration";
import type { Capacity } from "./ground";
import { OpenedAlert } from "./OpenedAlert";
import { PatientName } from "./PatientName";

const LEVELS: Record<Waiting, Level> = {
  emergency: "danger",
  overdue: "danger",
  open: "warning",
  acknowledged: "watch",
  resolved: "good",
};

interface AlertCardProps {
  alert: AlertInfo;
  capacity: Capacity;
  /** Page of the patient, where the card stands among those of several. */
  patientAt?: string;
  children?: ReactNode;
}

/** One alert: how it stands in words, who is called, what can be done. */
export function AlertCard({ alert, capacity, patientAt, children }: AlertCardProps) {
  const t = useT();
  const now = useClockEach(1000) / 1000;
  const stand = waiting(alert, now);
  const what = alert.emergency
    ? t("care.alert.of_emergency", { emergency: alert.emergency })
    : t("care.alert.of_device", { device: alert.device });
  return (
    <article className={`card alert-card alert-${stand}`} aria-labelledby={`alert-${alert.alert}`}>
      <header className="card-head">
        <h3 id={`alert-${alert.alert}`}>
          {patientAt && (
            <>
              <Link to={patientAt}>
                <PatientName of={alert.patient} />
              </Link>
              {" · "}
            </>
          )}
          {t("care.alert.name", { alert: alert.alert })}
        </h3>
        <State level={LEVELS[stand]}>{t(`care.alert.state.${stand}`)}</State>
      </header>
      <p>
        {what} · <Ago ms={alert.raised_at * 1000} />{" "}
        {alert.notices > 1 && t("care.alert.notices", { count: alert.notices })}
      </p>
      {alert.follows && <p className="muted">{t("care.alert.follows", { alert: alert.follows })}</p>}
      <Course alert={alert} now={now} />
      {capacity !== "patient" && <OpenedAlert alert={alert} capacity={capacity} />}
      {children}
      <div className="actions">
        <AlertActions alert={alert} capacity={capacity} />
      </div>
    </article>
  );
}

/** Who is called or has it, and by when. */
function Course({ alert, now }: { alert: AlertInfo; now: number }) {
  const t = useT();
  const { address } = useSession();
  const duration = useDuration();
  const left = secondsLeft(alert, now);
  if (alert.state === "open") {
    return (
      <>
        <p>{alert.responders.length > 0 ? t("care.alert.called", { tier: alert.tier + 1 }) : t("care.alert.nobody")}</p>
        {left !== undefined && (
          <p>{left > 0 ? t("care.alert.left", { left: duration(left) }) : t("care.alert.over")}</p>
        )}
      </>
    );
  }
  const mine = alert.acknowledged_by === address;
  return (
    <>
      <p>
        {mine ? t("care.alert.mine") : t("care.alert.has")}{" "}
        {!mine && alert.acknowledged_by && <Address of={alert.acknowledged_by} />}
      </p>
      <p className="muted">
        {alert.acknowledged_after_s != null &&
          t("care.alert.answered_after", { after: duration(alert.acknowledged_after_s) })}{" "}
        {alert.resolved_after_s != null && t("care.alert.resolved_after", { after: duration(alert.resolved_after_s) })}{" "}
        {alert.resolved_at != null && <When ms={alert.resolved_at * 1000} />}
      </p>
    </>
  );
}
