import type { EmergencyInfo } from "@cw-vitals/client/consent";
import type { ReactNode } from "react";
import { useClockEach } from "../../data/clock";
import { useT } from "../../i18n";
import { Facts } from "../../ui/Card";
import { type Level, State } from "../../ui/State";
import { Address } from "../../ui/Text";
import { Ago, When } from "../../ui/When";
import { HOUR_MS } from "./access";
import { useDuration } from "./duration";

export type EmergencyStand = "running" | "overdue" | "to_review" | "upheld" | "rejected";

/** While it runs it is read under; afterwards it waits for a review, and may have waited too long. */
export function standOf(of: EmergencyInfo, nowS: number): EmergencyStand {
  if (of.review) return of.review.upheld ? "upheld" : "rejected";
  if (of.ended_at == null && nowS < of.until) return "running";
  return nowS >= of.review_by ? "overdue" : "to_review";
}

const LEVELS: Record<EmergencyStand, Level> = {
  running: "danger",
  overdue: "danger",
  to_review: "waiting",
  upheld: "good",
  rejected: "warning",
};

/** One emergency: who opened it, what it reaches, how long it holds, by when it must be reviewed. */
export function EmergencyCard({ of, head, children }: { of: EmergencyInfo; head?: ReactNode; children?: ReactNode }) {
  const t = useT();
  const duration = useDuration();
  const now = useClockEach(1000) / 1000;
  const stand = standOf(of, now);
  const facts = [
    { key: "who", name: t("care.emergency.who"), value: <Address of={of.responder} /> },
    { key: "opened", name: t("care.emergency.opened"), value: <When ms={of.opened_at * 1000} /> },
    {
      key: "reach",
      name: t("care.emergency.reach"),
      value: (
        <>
          <When ms={of.window.from * HOUR_MS} /> – <When ms={of.window.to * HOUR_MS} />
        </>
      ),
    },
    of.ended_at == null
      ? {
          key: "until",
          name: t("care.emergency.until"),
          value:
            now < of.until ? (
              t("care.emergency.left", { left: duration(of.until - now) })
            ) : (
              <When ms={of.until * 1000} />
            ),
        }
      : { key: "ended", name: t("care.emergency.ended"), value: <When ms={of.ended_at * 1000} /> },
    of.review
      ? { key: "review", name: t("care.emergency.reviewed"), value: <When ms={of.review.at * 1000} /> }
      : { key: "review", name: t("care.emergency.review_by"), value: <Ago ms={of.review_by * 1000} /> },
  ];
  return (
    <article className="card" aria-labelledby={`emergency-${of.responder}-${of.emergency}`}>
      <header className="card-head">
        <h3 id={`emergency-${of.responder}-${of.emergency}`}>
          {t("care.emergency.name", { emergency: of.emergency })}
        </h3>
        <State level={LEVELS[stand]}>{t(`care.emergency.state.${stand}`)}</State>
      </header>
      {head}
      <Facts of={facts} />
      {children}
    </article>
  );
}
