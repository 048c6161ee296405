import type { GuardianInfo } from "@cw-vitals/client/consent";
import { useIntl } from "react-intl";
import { useClockEach } from "../../data/clock";
import { useT } from "../../i18n";
import { State } from "../../ui/State";
import { Ago, When } from "../../ui/When";
import { recovers } from "./in-care";

/** The powers in one line. */
export function PowerList({ of }: { of: GuardianInfo }) {
  const t = useT();
  const intl = useIntl();
  const powers = of.powers.map((power) => t(`guardian.power.${power}`));
  return <>{powers.length > 0 ? intl.formatList(powers) : t("guardian.powers.none")}</>;
}

/** Whether they hold, and their end. */
export function Until({ of }: { of: GuardianInfo }) {
  const t = useT();
  const now = useClockEach(10_000) / 1000;
  if (!of.live) {
    const serves = recovers(of, now);
    return <State level="unknown">{serves ? t("guardian.until.recovery_only") : t("guardian.until.over")}</State>;
  }
  if (of.until == null) return <State level="good">{t("guardian.until.open")}</State>;
  return (
    <>
      <When ms={of.until * 1000} /> (<Ago ms={of.until * 1000} />)
    </>
  );
}
