import { useMemo } from "react";
import { useIntl } from "react-intl";
import { displayUnit } from "../../../data/units";
import { useSettings } from "../../../shell/settings";
import type { Locale } from "./draft";

/** The person's units, time zone and way to write numbers, for what is typed. */
export function useLocale(): Locale {
  const { units, zone } = useSettings();
  const { locale: tag } = useIntl();
  return useMemo(() => ({ tag, timeZone: zone, unitOf: (measure) => displayUnit(measure, units) }), [tag, units, zone]);
}
