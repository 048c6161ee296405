import { useMemo } from "react";
import { displayUnit } from "../../../data/units";
import { useSettings } from "../../../shell/settings";
import type { Locale } from "./draft";

/** The person's units and time zone, for what is typed. */
export function useLocale(): Locale {
  const { units, zone } = useSettings();
  return useMemo(() => ({ timeZone: zone, unitOf: (measure) => displayUnit(measure, units) }), [units, zone]);
}
