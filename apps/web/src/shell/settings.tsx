import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { browserTimeZone } from "../data/time-zone";
import { STANDARD_UNITS, type UnitChoice } from "../data/units";
import type { Language } from "../i18n";
import { LANGUAGES, preferredLanguage } from "../i18n/catalogue";

/** What a person set for this browser. Nothing here is secret or medical. */
export interface Settings {
  language: Language;
  /** `browser`, or an IANA zone. */
  timeZone: string;
  units: UnitChoice;
  /** Minutes without a key or a touch until the app locks. */
  idleMinutes: number;
}

export const IDLE_MINUTES = [2, 5, 10, 30, 60] as const;
const STORED = "cw-vitals/settings";

function standard(): Settings {
  return {
    language: preferredLanguage(navigator.languages),
    timeZone: "browser",
    units: STANDARD_UNITS,
    idleMinutes: 10,
  };
}

/** What is stored, field by field: an unknown value is replaced by the standard one. */
export function readSettings(text: string | null): Settings {
  const base = standard();
  const kept = parse(text);
  return {
    language: LANGUAGES.find((known) => known === kept.language) ?? base.language,
    timeZone: validZone(kept.timeZone) ? kept.timeZone : base.timeZone,
    units: {
      pressure: kept.units?.pressure === "kPa" ? "kPa" : "mmHg",
      temperature: kept.units?.temperature === "F" ? "F" : "C",
      glucose: kept.units?.glucose === "mg" ? "mg" : "mmol",
    },
    idleMinutes: IDLE_MINUTES.find((known) => known === kept.idleMinutes) ?? base.idleMinutes,
  };
}

function parse(text: string | null): Partial<Settings> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function validZone(zone: string | undefined): zone is string {
  if (typeof zone !== "string") return false;
  if (zone === "browser") return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

interface SettingsContext extends Settings {
  /** The zone in force. */
  zone: string;
  change(part: Partial<Settings>): void;
}

const Context = createContext<SettingsContext | undefined>(undefined);

export function SettingsProvider({ children }: { children: ReactNode }) {
  const [settings, setSettings] = useState(() => readSettings(localStorage.getItem(STORED)));
  const change = useCallback((part: Partial<Settings>) => {
    setSettings((before) => {
      const after = { ...before, ...part };
      localStorage.setItem(STORED, JSON.stringify(after));
      return after;
    });
  }, []);
  const value = useMemo(() => {
    const zone = settings.timeZone === "browser" ? browserTimeZone() : settings.timeZone;
    return { ...settings, zone, change };
  }, [settings, change]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useSettings(): SettingsContext {
  const value = useContext(Context);
  if (!value) throw new Error("useSettings outside of SettingsProvider");
  return value;
}
